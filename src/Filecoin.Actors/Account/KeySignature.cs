using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Account;

/// <summary>A signature by a key, as parameters of actors hold it.</summary>
/// <param name="Type">secp256k1 or BLS: no other is known to actors.</param>
/// <param name="Data">Its bytes, of any length: whoever verifies it says which.</param>
/// <remarks>
/// Spec: actors/common 4; ref-fvm shared/src/crypto/signature.rs. Unlike a message's signature it
/// has no longest form, and cannot be delegated.
/// </remarks>
public readonly record struct KeySignature(SignatureType Type, ReadOnlyMemory<byte> Data)
    : ICbor<KeySignature>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out KeySignature value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.IsEmpty
            || (SignatureType)bytes[0] is not (SignatureType.Secp256k1 or SignatureType.Bls))
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        value = new((SignatureType)bytes[0], bytes[1..].ToArray());
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes([(byte)Type, .. Data.Span]);

    /// <inheritdoc/>
    public bool Equals(KeySignature other) =>
        Type == other.Type && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode() => HashCode.Combine(Type, Data.Length);
}
