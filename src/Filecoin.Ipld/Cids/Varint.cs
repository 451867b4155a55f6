namespace Filecoin.Ipld;

/// <summary>Unsigned LEB128 in its minimal form, at most 64 bits.</summary>
/// <remarks>
/// Spec: multiformats unsigned-varint, with ten bytes allowed as in the reference.
/// </remarks>
public static class Varint
{
    /// <summary>Longest encoding of a 64-bit number, in bytes.</summary>
    public const int LengthMax = 10;

    /// <summary>Reads a number; refuses padding, overflow and a cut encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int consumed)
    {
        value = 0;
        consumed = 0;
        for (var i = 0; i < bytes.Length && i < LengthMax; i++)
        {
            var b = bytes[i];
            if (i == LengthMax - 1 && b > 1)
            {
                break;
            }

            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                if (b == 0 && i > 0)
                {
                    break;
                }

                consumed = i + 1;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>Writes a signed number in zig-zag form: 0, -1, 1, -2 as 0, 1, 2, 3.</summary>
    /// <remarks>Spec: hamt-amt-kamt 7. Maps of the actors have epochs as keys so.</remarks>
    public static int WriteSigned(Span<byte> target, long value) =>
        Write(target, unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>
    /// Writes a number and returns the bytes used; the target must be long enough.
    /// </summary>
    public static int Write(Span<byte> target, ulong value)
    {
        var i = 0;
        while (value >= 0x80)
        {
            target[i++] = (byte)((value & 0x7f) | 0x80);
            value >>= 7;
        }

        target[i++] = (byte)value;
        return i;
    }
}
