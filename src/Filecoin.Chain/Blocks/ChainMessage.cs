namespace Filecoin.Chain;

/// <summary>A message as the chain keeps it, with what names it reckoned once.</summary>
/// <remarks>Spec: ipld-encoding 6.3. Equal when the CIDs are.</remarks>
public sealed class ChainMessage : IEquatable<ChainMessage>
{
    private byte[]? ethereumHash;

    private ChainMessage(Message message, Signature? signature, byte[] bytes)
    {
        (Message, Signature, Bytes) = (message, signature, bytes);
        Cid = Cid.Of(Codec.DagCbor, bytes);
    }

    /// <summary>The message.</summary>
    public Message Message { get; }

    /// <summary>
    /// Its signature; of a BLS message, null where it is only part of the block's aggregate.
    /// </summary>
    public Signature? Signature { get; }

    /// <summary>The block that the chain keeps: without signature if that is BLS.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Names the message.</summary>
    public Cid Cid { get; }

    /// <summary>Whether its signature is part of the block's aggregate.</summary>
    public bool IsBls => Signature is not Signature own || own.Type == SignatureType.Bls;

    /// <summary>A message with its signature.</summary>
    public static ChainMessage From(SignedMessage signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        return new(signed.Message, signed.Signature, signed.ChainBytes());
    }

    /// <summary>A BLS message whose signature is not known.</summary>
    public static ChainMessage FromBls(Message message) =>
        new(message, null, Cbor.Encode(message));

    /// <summary>Both together; null when the signature is not known.</summary>
    public SignedMessage? ToSigned() =>
        Signature is Signature own ? new(Message, own) : null;

    /// <summary>
    /// What Ethereum knows it by, if it is one of its transactions, else null; reckoned once.
    /// </summary>
    public byte[]? EthereumHash(ulong chainId)
    {
        if (ethereumHash is null
            && Signature is { Type: SignatureType.Delegated }
            && EthereumTransaction.TryFromSignedMessage(
                ToSigned()!, chainId, out EthereumTransaction? transaction, out _))
        {
            ethereumHash = transaction.Hash();
        }

        return ethereumHash;
    }

    /// <inheritdoc/>
    public bool Equals(ChainMessage? other) => other is not null && other.Cid == Cid;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChainMessage);

    /// <inheritdoc/>
    public override int GetHashCode() => Cid.GetHashCode();

    /// <summary>The CID.</summary>
    public override string ToString() => Cid.ToString();
}
