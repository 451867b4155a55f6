using System.Buffers.Binary;

namespace Filecoin.Fuzz.Vm;

/// <summary>Decisions that the bytes of an input make; zeros when they have run out.</summary>
internal ref struct Choices(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AreOver => rest.IsEmpty;

    public byte Byte()
    {
        if (rest.IsEmpty)
        {
            return 0;
        }

        byte value = rest[0];
        rest = rest[1..];
        return value;
    }

    public int Below(int limit) => Byte() % limit;

    public ulong Number()
    {
        Span<byte> number = stackalloc byte[8];
        int length = Math.Min(1 << Below(4), rest.Length);
        rest[..length].CopyTo(number);
        rest = rest[length..];
        return BinaryPrimitives.ReadUInt64LittleEndian(number);
    }
}
