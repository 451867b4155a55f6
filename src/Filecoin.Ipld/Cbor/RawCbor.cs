using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>One encoded item, kept as it is; equal when the bytes are.</summary>
public readonly struct RawCbor(ReadOnlyMemory<byte> encoded) : ICbor<RawCbor>, IEquatable<RawCbor>
{
    /// <summary>The item's bytes.</summary>
    public ReadOnlyMemory<byte> Encoded { get; } = encoded;

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteRaw(Encoded.Span);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out RawCbor value)
    {
        var start = reader.Position;
        var read = reader.TrySkip();
        value = read ? new RawCbor(reader.Since(start).ToArray()) : default;
        return read;
    }

    /// <inheritdoc/>
    public bool Equals(RawCbor other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawCbor other && Equals(other);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Encoded.Span);
        return hash.ToHashCode();
    }

    /// <summary>Equality of the bytes.</summary>
    public static bool operator ==(RawCbor left, RawCbor right) => left.Equals(right);

    /// <summary>Inequality of the bytes.</summary>
    public static bool operator !=(RawCbor left, RawCbor right) => !left.Equals(right);
}
