namespace Filecoin.Actors.Tokens;

/// <summary>A token's name or symbol: a bare text.</summary>
public readonly record struct TokenText(string Value) : ICbor<TokenText>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out TokenText value)
    {
        bool isRead = reader.TryReadText(out string? text);
        value = new(text ?? "");
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteText(Value);
}

/// <summary>The smallest part of a token that there is: a bare number of atto.</summary>
public readonly record struct TokenGranularity(ulong Value) : ICbor<TokenGranularity>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out TokenGranularity value)
    {
        bool isRead = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);
}

/// <summary>An owner and who may spend what the owner has.</summary>
[CborTuple]
public sealed partial record AllowanceParams(Address Owner, Address Operator);

/// <summary>Tokens that the caller gives.</summary>
/// <param name="To">To whom.</param>
/// <param name="Amount">How many.</param>
/// <param name="OperatorData">What the recipient is told.</param>
[CborTuple]
public sealed partial record TransferParams(
    Address To, TokenAmount Amount, ReadOnlyMemory<byte> OperatorData);

/// <summary>Tokens that were given.</summary>
/// <param name="FromBalance">What the giver has left.</param>
/// <param name="ToBalance">What the recipient has.</param>
/// <param name="RecipientData">What the recipient said.</param>
[CborTuple]
public sealed partial record TransferReturn(
    TokenAmount FromBalance, TokenAmount ToBalance, ReadOnlyMemory<byte> RecipientData);

/// <summary>Another one's tokens that the caller gives.</summary>
/// <param name="From">Whose.</param>
/// <param name="To">To whom.</param>
/// <param name="Amount">How many.</param>
/// <param name="OperatorData">What the recipient is told.</param>
[CborTuple]
public sealed partial record TransferFromParams(
    Address From, Address To, TokenAmount Amount, ReadOnlyMemory<byte> OperatorData);

/// <summary>Another one's tokens that were given.</summary>
/// <param name="FromBalance">What the owner has left.</param>
/// <param name="ToBalance">What the recipient has.</param>
/// <param name="Allowance">What the caller may still spend.</param>
/// <param name="RecipientData">What the recipient said.</param>
[CborTuple]
public sealed partial record TransferFromReturn(
    TokenAmount FromBalance,
    TokenAmount ToBalance,
    TokenAmount Allowance,
    ReadOnlyMemory<byte> RecipientData);

/// <summary>By how much more, or less, an operator may spend.</summary>
[CborTuple]
public sealed partial record ChangeAllowanceParams(Address Operator, TokenAmount Delta);

/// <summary>An operator who may spend nothing any more.</summary>
[CborTuple]
public sealed partial record RevokeAllowanceParams(Address Operator);

/// <summary>Tokens that the caller destroys.</summary>
[CborTuple]
public sealed partial record BurnParams(TokenAmount Amount);

/// <summary>What the owner of destroyed tokens has left.</summary>
[CborTuple]
public sealed partial record BurnReturn(TokenAmount Balance);

/// <summary>Another one's tokens that are destroyed.</summary>
[CborTuple]
public sealed partial record BurnFromParams(Address Owner, TokenAmount Amount);

/// <summary>What is left after another one's tokens were destroyed.</summary>
/// <param name="Balance">What the owner has.</param>
/// <param name="Allowance">What the caller may still spend.</param>
[CborTuple]
public sealed partial record BurnFromReturn(TokenAmount Balance, TokenAmount Allowance);

/// <summary>Tokens that came out of nothing.</summary>
/// <param name="Balance">What the recipient has.</param>
/// <param name="Supply">How many there are.</param>
/// <param name="RecipientData">What the recipient said.</param>
[CborTuple]
public sealed partial record MintReturn(
    TokenAmount Balance, TokenAmount Supply, ReadOnlyMemory<byte> RecipientData);

/// <summary>What the recipient of fungible tokens is told.</summary>
/// <param name="From">Who had them; the token's actor if they are new.</param>
/// <param name="To">The recipient.</param>
/// <param name="Operator">Who gave them.</param>
/// <param name="Amount">How many.</param>
/// <param name="OperatorData">What the operator says.</param>
/// <param name="TokenData">What the token says.</param>
[CborTuple]
public sealed partial record TokensReceived(
    ActorId From,
    ActorId To,
    ActorId Operator,
    TokenAmount Amount,
    ReadOnlyMemory<byte> OperatorData,
    ReadOnlyMemory<byte> TokenData)
{
    /// <summary>The number that stands for fungible tokens.</summary>
    public const uint Type = 2_233_613_279;
}
