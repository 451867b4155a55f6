using System.Numerics;

namespace Filecoin;

/// <summary>Reads Ethereum's encoding of byte strings and lists, if canonical.</summary>
/// <remarks>
/// Spec: crypto 3.6; Ethereum yellow paper, appendix B. A byte below 0x80 stands for itself; other
/// strings and lists have a length before them, in a byte of its own only above 55. Nothing is
/// copied, and a list is read by a reader of its own.
/// </remarks>
internal ref struct RlpReader(ReadOnlySpan<byte> input)
{
    private const int StringStart = 0x80;
    private const int ListStart = 0xc0;
    private const int ShortLengthMax = 55;
    private const int AmountBytesMax = 32;

    private ReadOnlySpan<byte> rest = input;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsEnd => rest.IsEmpty;

    /// <summary>Reads a byte string.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (rest.IsEmpty || rest[0] >= ListStart)
        {
            return false;
        }

        if (rest[0] < StringStart)
        {
            value = Take(0, 1);
            return true;
        }

        // A single small byte has the shorter form.
        return TryReadItem(StringStart, out value)
            && !(value.Length == 1 && value[0] < StringStart);
    }

    /// <summary>Reads a list, as a reader of its items.</summary>
    public bool TryReadList(out RlpReader items)
    {
        items = default;
        if (rest.IsEmpty || rest[0] < ListStart || !TryReadItem(ListStart, out var content))
        {
            return false;
        }

        items = new(content);
        return true;
    }

    /// <summary>Reads a number without leading zeros, of at most eight bytes.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        value = 0;
        return TryReadBytes(out ReadOnlySpan<byte> bytes) && TryToUInt64(bytes, out value);
    }

    /// <summary>Reads an amount without leading zeros, of at most 32 bytes.</summary>
    public bool TryReadAmount(out TokenAmount value)
    {
        value = default;
        if (!TryReadBytes(out ReadOnlySpan<byte> bytes)
            || bytes.Length > AmountBytesMax
            || bytes is [0, ..])
        {
            return false;
        }

        value = TokenAmount.FromAtto(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
        return true;
    }

    /// <summary>Reads a big-endian number without leading zeros, of at most eight bytes.</summary>
    public static bool TryToUInt64(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        if (bytes.Length > sizeof(ulong) || bytes is [0, ..])
        {
            return false;
        }

        foreach (byte digit in bytes)
        {
            value = (value << 8) | digit;
        }

        return true;
    }

    private bool TryReadItem(int kindStart, out ReadOnlySpan<byte> content)
    {
        content = default;
        int length = rest[0] - kindStart;
        if (length <= ShortLengthMax)
        {
            if (length > rest.Length - 1)
            {
                return false;
            }

            content = Take(1, length);
            return true;
        }

        int lengthBytes = length - ShortLengthMax;
        if (lengthBytes > rest.Length - 1
            || !TryToUInt64(rest.Slice(1, lengthBytes), out ulong longLength)
            || longLength <= ShortLengthMax
            || longLength > (ulong)(rest.Length - 1 - lengthBytes))
        {
            return false;
        }

        content = Take(1 + lengthBytes, (int)longLength);
        return true;
    }

    private ReadOnlySpan<byte> Take(int start, int length)
    {
        ReadOnlySpan<byte> taken = rest.Slice(start, length);
        rest = rest[(start + length)..];
        return taken;
    }
}
