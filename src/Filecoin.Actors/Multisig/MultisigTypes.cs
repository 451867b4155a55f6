using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Multisig;

/// <summary>A call that waits for approvals.</summary>
/// <param name="To">Who is called, as it was given.</param>
/// <param name="Value">What is given with it.</param>
/// <param name="Method">Which method.</param>
/// <param name="Parameters">CBOR for it; empty for none.</param>
/// <param name="Approved">Who has approved, by id; first whoever proposed it.</param>
[CborTuple]
public sealed partial record Transaction(
    Address To,
    TokenAmount Value,
    MethodNumber Method,
    ReadOnlyMemory<byte> Parameters,
    ValueList<Address> Approved)
{
    /// <inheritdoc/>
    public bool Equals(Transaction? other) =>
        other is not null
        && (To, Value, Method, Approved)
            == (other.To, other.Value, other.Method, other.Approved)
        && Parameters.Span.SequenceEqual(other.Parameters.Span);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode() =>
        HashCode.Combine(To, Value, Method, Parameters.Length, Approved);
}

/// <summary>What a transaction is recognised by, whatever its id has become.</summary>
/// <param name="Requester">Who proposed it; null if nobody has approved.</param>
/// <param name="To">Who is called.</param>
/// <param name="Value">What is given with it.</param>
/// <param name="Method">Which method.</param>
/// <param name="Parameters">CBOR for it.</param>
[CborTuple]
public sealed partial record ProposalHashData(
    Address? Requester,
    Address To,
    TokenAmount Value,
    MethodNumber Method,
    ReadOnlyMemory<byte> Parameters);

/// <summary>A wallet to be made.</summary>
/// <param name="Signers">Who may propose and approve.</param>
/// <param name="Threshold">How many approvals it takes.</param>
/// <param name="UnlockDuration">Epochs in which the funds unlock; 0 for no lock.</param>
/// <param name="StartEpoch">When they begin to.</param>
[CborTuple]
public sealed partial record ConstructorParams(
    ValueList<Address> Signers, ulong Threshold, long UnlockDuration, ChainEpoch StartEpoch);

/// <summary>A call to be made once there are approvals.</summary>
[CborTuple]
public sealed partial record ProposeParams(
    Address To, TokenAmount Value, MethodNumber Method, ReadOnlyMemory<byte> Parameters);

/// <summary>What became of a proposal.</summary>
/// <param name="TransactionId">Its id.</param>
/// <param name="IsApplied">Whether the call was made.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Return">What it returned.</param>
[CborTuple]
public sealed partial record ProposeReturn(
    long TransactionId, bool IsApplied, ExitCode ExitCode, ReadOnlyMemory<byte> Return);

/// <summary>A transaction to be approved or cancelled.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ProposalHash">Its hash, that it may be no other; empty for any.</param>
[CborTuple]
public sealed partial record TransactionParams(long Id, ReadOnlyMemory<byte> ProposalHash);

/// <summary>What became of a transaction.</summary>
/// <param name="IsApplied">Whether the call was made.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Return">What it returned.</param>
[CborTuple]
public sealed partial record ApproveReturn(
    bool IsApplied, ExitCode ExitCode, ReadOnlyMemory<byte> Return);

/// <summary>A signer to be added.</summary>
/// <param name="Signer">Who.</param>
/// <param name="Increases">Whether it takes one more approval.</param>
[CborTuple]
public sealed partial record AddSignerParams(Address Signer, bool Increases);

/// <summary>A signer to be removed.</summary>
/// <param name="Signer">Who.</param>
/// <param name="Decreases">Whether it takes one approval less.</param>
[CborTuple]
public sealed partial record RemoveSignerParams(Address Signer, bool Decreases);

/// <summary>A signer in place of another.</summary>
[CborTuple]
public sealed partial record SwapSignerParams(Address From, Address To);

/// <summary>How many approvals it takes from now on.</summary>
[CborTuple]
public sealed partial record ChangeThresholdParams(ulong Threshold);

/// <summary>Funds to be locked.</summary>
/// <param name="StartEpoch">When they begin to unlock.</param>
/// <param name="UnlockDuration">Epochs until all are unlocked.</param>
/// <param name="Amount">How much.</param>
[CborTuple]
public sealed partial record LockBalanceParams(
    ChainEpoch StartEpoch, long UnlockDuration, TokenAmount Amount);
