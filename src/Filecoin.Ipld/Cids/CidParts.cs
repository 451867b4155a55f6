namespace Filecoin.Ipld;

/// <summary>Where the parts of a binary CID lie.</summary>
internal readonly record struct CidParts(
    ulong Codec, ulong HashFunction, int DigestStart, int Length)
{
    private const int VersionZeroLength = 34;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out CidParts parts)
    {
        parts = default;
        if (bytes.Length >= 2 && bytes[0] == 0x12 && bytes[1] == 0x20)
        {
            parts = new CidParts(Ipld.Codec.DagPb, Multihash.Sha2_256, 2, VersionZeroLength);
            return bytes.Length >= VersionZeroLength;
        }

        if (bytes.IsEmpty || bytes[0] != 1)
        {
            return false;
        }

        var at = 1;
        if (!TryNext(bytes, ref at, out var codec)
            || !TryNext(bytes, ref at, out var hashFunction)
            || !TryNext(bytes, ref at, out var digestLength)
            || digestLength > Cid.DigestLengthMax
            || (int)digestLength > bytes.Length - at)
        {
            return false;
        }

        parts = new CidParts(codec, hashFunction, at, at + (int)digestLength);
        return true;
    }

    private static bool TryNext(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        var read = Varint.TryRead(bytes[at..], out value, out var consumed);
        at += consumed;
        return read;
    }
}
