namespace Filecoin.Ipld;

/// <summary>Keys of a KAMT: 256-bit numbers, big-endian, written without leading zeros.</summary>
internal static class KamtKey
{
    /// <summary>Length of a key, in bytes.</summary>
    internal const int Length = 32;

    internal static void Write(ref CborWriter writer, ReadOnlySpan<byte> key) =>
        writer.WriteBytes(key.TrimStart((byte)0));

    internal static bool TryRead(ref CborReader reader, out byte[] key)
    {
        key = new byte[Length];
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.Length > Length)
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        bytes.CopyTo(key.AsSpan(Length - bytes.Length));
        return true;
    }
}
