namespace Filecoin.Crypto.Bls12381;

/// <summary>The three top bits of a serialized point.</summary>
internal readonly record struct PointFlags(bool IsInfinity, bool IsLargerHalf)
{
    private const byte Compressed = 0x80;
    private const byte Infinity = 0x40;
    private const byte LargerHalf = 0x20;
    private const byte All = Compressed | Infinity | LargerHalf;

    /// <summary>Reads the bits; false if they or an infinity's rest are not canonical.</summary>
    internal static bool TryTake(ReadOnlySpan<byte> bytes, bool isCompressed, out PointFlags flags)
    {
        var first = bytes[0];
        flags = new((first & Infinity) != 0, (first & LargerHalf) != 0);
        if (((first & Compressed) != 0) != isCompressed)
        {
            return false;
        }

        return flags.IsInfinity
            ? (first & ~(Compressed | Infinity)) == 0 && !bytes[1..].ContainsAnyExcept((byte)0)
            : isCompressed || !flags.IsLargerHalf;
    }

    /// <summary>Copies a serialized point without the bits.</summary>
    internal static void CopyCleared(ReadOnlySpan<byte> bytes, Span<byte> copy)
    {
        bytes.CopyTo(copy);
        copy[0] &= unchecked((byte)~All);
    }

    internal static void Put(Span<byte> bytes, bool isCompressed, bool isInfinity, bool isLarger)
    {
        bytes[0] |= (byte)((isCompressed ? Compressed : 0)
            | (isInfinity ? Infinity : 0)
            | (isCompressed && isLarger && !isInfinity ? LargerHalf : 0));
    }
}
