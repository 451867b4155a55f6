using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Filecoin;

/// <summary>Writes the items of one list in Ethereum's encoding.</summary>
/// <remarks>Spec: Ethereum yellow paper, appendix B; see <see cref="RlpReader"/>.</remarks>
internal sealed class RlpWriter
{
    private const byte StringStart = 0x80;
    private const byte ListStart = 0xc0;
    private const int ShortLengthMax = 55;

    private readonly ArrayBufferWriter<byte> items = new();

    /// <summary>Writes a byte string.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (value.Length != 1 || value[0] >= StringStart)
        {
            WriteHeader(items, StringStart, value.Length);
        }

        items.Write(value);
    }

    /// <summary>Writes a number without leading zeros; none for 0.</summary>
    public void WriteUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        WriteBytes(bytes[Minimal(bytes, value)..]);
    }

    /// <summary>Writes a big-endian number without its leading zeros.</summary>
    public void WriteNumber(ReadOnlySpan<byte> bigEndian) =>
        WriteBytes(bigEndian.TrimStart((byte)0));

    /// <summary>Writes an amount, which is not negative, without leading zeros.</summary>
    public void WriteAmount(TokenAmount value) => WriteNumber(
        value.ToBigInteger().ToByteArray(isUnsigned: true, isBigEndian: true));

    /// <summary>Writes a list without items.</summary>
    public void WriteEmptyList() => WriteHeader(items, ListStart, 0);

    /// <summary>The list of what was written.</summary>
    /// <param name="prefix">What stands before it.</param>
    public byte[] ToList(ReadOnlySpan<byte> prefix)
    {
        ArrayBufferWriter<byte> list = new();
        list.Write(prefix);
        WriteHeader(list, ListStart, items.WrittenCount);
        list.Write(items.WrittenSpan);
        return list.WrittenSpan.ToArray();
    }

    /// <summary>Writes a number big-endian and says where its leading zeros end.</summary>
    public static int Minimal(Span<byte> bytes8, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes8, value);
        return BitOperations.LeadingZeroCount(value) / 8;
    }

    private static void WriteHeader(ArrayBufferWriter<byte> target, byte kindStart, int length)
    {
        if (length <= ShortLengthMax)
        {
            target.Write([(byte)(kindStart + length)]);
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ReadOnlySpan<byte> minimal = bytes[Minimal(bytes, (ulong)length)..];
        target.Write([(byte)(kindStart + ShortLengthMax + minimal.Length)]);
        target.Write(minimal);
    }
}
