using System.Diagnostics.CodeAnalysis;

namespace Filecoin;

/// <summary>A message with its sender's signature.</summary>
/// <remarks>
/// Spec: ipld-encoding 6.3; message-execution 4.2. CBOR: an array of both. The chain keeps a
/// message that is signed by BLS without its signature, which is part of the block's aggregate,
/// and any other with it; CID and size are those of what it keeps.
/// </remarks>
/// <param name="Message">The message.</param>
/// <param name="Signature">The signature of its CID or, if delegated, of its transaction.</param>
public sealed record SignedMessage(Message Message, Signature Signature) : ICbor<SignedMessage>
{
    private const int FieldCount = 2;

    /// <summary>Names the message on the chain.</summary>
    public Cid Cid => Cid.Of(Codec.DagCbor, ChainBytes());

    /// <summary>Bytes that its inclusion is charged for.</summary>
    public int ChainSizeBytes => ChainBytes().Length;

    /// <summary>The block that the chain keeps of it.</summary>
    public byte[] ChainBytes() => Signature.Type == SignatureType.Bls
        ? Cbor.Encode(Message)
        : Cbor.Encode(this);

    /// <inheritdoc/>
    public static bool TryRead(
        ref CborReader reader, [NotNullWhen(true)] out SignedMessage? value)
    {
        value = null;
        if (!reader.TryReadArrayOf(FieldCount)
            || !Message.TryRead(ref reader, out Message? message)
            || !Signature.TryRead(ref reader, out Signature signature))
        {
            return false;
        }

        value = new(message, signature);
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        Message.WriteTo(ref writer);
        Signature.WriteTo(ref writer);
    }
}
