using System.Diagnostics.CodeAnalysis;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>A signature with its kind.</summary>
/// <remarks>
/// Spec: ipld-encoding 6.1; ref-fvm shared/src/crypto/signature.rs. CBOR: a byte string, first
/// the kind. How long the data must be is for whoever verifies it.
/// </remarks>
/// <param name="Type">How it was made.</param>
/// <param name="Data">65 bytes for secp256k1, 96 for BLS, 65 to 67 and more if delegated.</param>
public readonly record struct Signature(SignatureType Type, ReadOnlyMemory<byte> Data)
    : ICbor<Signature>
{
    /// <summary>Bytes of the longest signature that the network takes, with its kind.</summary>
    public const int EncodedLengthMax = 200;

    private const byte InfinityMark = 0xc0;

    /// <summary>One BLS signature in the place of many; of none, the point at infinity.</summary>
    /// <remarks>Spec: crypto 2; lotus chain/consensus/utils.go, AggregateSignatures.</remarks>
    /// <returns>False if one of them is no BLS signature.</returns>
    public static bool TryAggregateBls(
        IReadOnlyList<ReadOnlyMemory<byte>> signatures, out Signature aggregate)
    {
        byte[] data = new byte[Bls.SignatureLength];
        data[0] = InfinityMark;
        bool isValid = signatures.Count == 0 || Bls.TryAggregate([.. signatures], data);
        aggregate = isValid ? new(SignatureType.Bls, data) : default;
        return isValid;
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out Signature value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.Length is 0 or > EncodedLengthMax
            || (SignatureType)bytes[0] is < SignatureType.Secp256k1 or > SignatureType.Delegated)
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        value = new((SignatureType)bytes[0], bytes[1..].ToArray());
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes([(byte)Type, .. Data.Span]);

    /// <inheritdoc/>
    public bool Equals(Signature other) =>
        Type == other.Type && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.AddBytes(Data.Span);
        return hash.ToHashCode();
    }
}
