namespace Filecoin;

/// <summary>Data spread over numbers of the proofs' field: two zero bits after each 254.</summary>
/// <remarks>
/// Spec: crypto 8.1. Bits are counted from the lowest of the first byte, so 127 bytes become four
/// little-endian numbers of 32 bytes below 2^254.
/// </remarks>
public static class Fr32
{
    /// <summary>Bytes of data in a group.</summary>
    public const int GroupBytes = 127;

    /// <summary>Bytes that a group becomes.</summary>
    public const int PaddedGroupBytes = 128;

    private const int NumberBytes = 32;
    private const int NumberCount = PaddedGroupBytes / NumberBytes;
    private const byte TopMask = 0x3f;

    /// <summary>Pads whole groups; the target may not overlap them.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Pad(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        int groups = CountGroups(data.Length, padded.Length);
        for (int i = 0; i < groups; i++)
        {
            PadGroup(
                data.Slice(i * GroupBytes, GroupBytes),
                padded.Slice(i * PaddedGroupBytes, PaddedGroupBytes));
        }
    }

    /// <summary>
    /// Takes the padding out again; false if a number is 2^254 or more, which no data becomes.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static bool TryUnpad(ReadOnlySpan<byte> padded, Span<byte> data)
    {
        int groups = CountGroups(data.Length, padded.Length);
        for (int i = 0; i < groups; i++)
        {
            bool isPadded = TryUnpadGroup(
                padded.Slice(i * PaddedGroupBytes, PaddedGroupBytes),
                data.Slice(i * GroupBytes, GroupBytes));
            if (!isPadded)
            {
                return false;
            }
        }

        return true;
    }

    // Number i takes 254 bits from bit 254i on: but for the first that is in byte 32i - 1, where
    // 8 - 2i bits lie below.
    private static void PadGroup(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        data[..NumberBytes].CopyTo(padded);
        padded[NumberBytes - 1] &= TopMask;
        for (int i = 1; i < NumberCount; i++)
        {
            ReadOnlySpan<byte> source = data[((NumberBytes * i) - 1)..];
            Span<byte> number = padded.Slice(NumberBytes * i, NumberBytes);
            int up = 2 * i;
            for (int j = 0; j < NumberBytes; j++)
            {
                int next = j + 1 < source.Length ? source[j + 1] : 0;
                number[j] = unchecked((byte)((source[j] >> (8 - up)) | (next << up)));
            }

            number[NumberBytes - 1] &= TopMask;
        }
    }

    private static bool TryUnpadGroup(ReadOnlySpan<byte> padded, Span<byte> data)
    {
        data.Clear();
        int top = 0;
        for (int i = 0; i < NumberCount; i++)
        {
            ReadOnlySpan<byte> number = padded.Slice(NumberBytes * i, NumberBytes);
            top |= number[NumberBytes - 1];
            int start = (NumberBytes * i) - 1;
            int up = 2 * i;
            for (int j = 0; j < NumberBytes; j++)
            {
                Add(data, start + j, number[j] << (8 - up));
                Add(data, start + j + 1, number[j] >> up);
            }
        }

        return (top & ~TopMask) == 0;
    }

    private static void Add(Span<byte> data, int index, int bits)
    {
        byte low = unchecked((byte)bits);
        if (low != 0 && index < data.Length)
        {
            data[index] |= low;
        }
    }

    private static int CountGroups(int dataBytes, int paddedBytes)
    {
        int groups = dataBytes / GroupBytes;
        return dataBytes == groups * GroupBytes && paddedBytes / PaddedGroupBytes == groups
            && paddedBytes % PaddedGroupBytes == 0
            ? groups
            : throw new ArgumentException($"{dataBytes} bytes are not {paddedBytes} when padded");
    }
}
