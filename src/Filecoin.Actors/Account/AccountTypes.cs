namespace Filecoin.Actors.Account;

/// <summary>What is to be authenticated.</summary>
/// <param name="Signature">The signature's bytes, without its type.</param>
/// <param name="Message">What was signed.</param>
[CborTuple]
public sealed partial record AuthenticateMessageParams(
    ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Message);

/// <summary>Whether a message is authentic: a bare boolean.</summary>
public readonly record struct AuthenticateMessageReturn(bool IsAuthentic)
    : ICbor<AuthenticateMessageReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out AuthenticateMessageReturn value)
    {
        bool isRead = reader.TryReadBool(out bool isAuthentic);
        value = new(isAuthentic);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBool(IsAuthentic);
}
