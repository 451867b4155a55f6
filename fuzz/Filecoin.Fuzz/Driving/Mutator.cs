using System.Buffers.Binary;

namespace Filecoin.Fuzz.Driving;

/// <summary>Makes new inputs of old ones.</summary>
internal sealed partial class Mutator(FuzzRandom random, IReadOnlyList<byte[]> population)
{
    private const int LengthMax = 1 << 14;
    private const int RangeMax = 64;

    private static readonly int[] EditCounts = [1, 1, 1, 1, 2, 2, 4, 16];

    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 16, 23, 24, 31, 32, 42, 54, 63, 64, 65, 100, 127, 128, 129, 255, 256, 1_000, 1_024,
        4_095, 4_096, 32_767, 32_768, 65_535, 65_536, 1 << 20, int.MaxValue, 1UL << 31,
        uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    /// <summary>An input of the population with one to sixteen edits.</summary>
    public byte[] Next()
    {
        byte[] input = random.Of(population);
        for (int edits = random.Of(EditCounts); edits > 0; edits--)
        {
            input = Edit(input);
        }

        return input.Length <= LengthMax ? input : input[..LengthMax];
    }

    private byte[] Edit(byte[] input) => input.Length == 0
        ? [.. RandomBytes(1 + random.Below(8))]
        : random.Below(16) switch
        {
            0 or 1 => With(input, random.Below(input.Length), b => b ^ (1 << random.Below(8))),
            2 => With(input, random.Below(input.Length), _ => random.Byte()),
            3 => With(input, random.Below(input.Length), b => b + random.Below(9) - 4),
            4 => input[..random.Below(input.Length)],
            5 => RemoveRange(input),
            6 => RepeatRange(input),
            7 => Insert(input, random.Below(input.Length + 1), RandomBytes(1 + random.Below(8))),
            8 => Splice(input, random.Of(population)),
            9 => CopyFrom(input, random.Of(population)),
            10 => PutNumber(input),
            11 or 12 => EditCbor(input),
            13 => EditLeb(input),
            14 => EditToken(input),
            _ => PutWord(input),
        };

    private static byte[] With(byte[] input, int at, Func<int, int> change)
    {
        byte[] result = [.. input];
        result[at] = unchecked((byte)change(result[at]));
        return result;
    }

    private static byte[] Insert(byte[] input, int at, ReadOnlySpan<byte> what) =>
        [.. input.AsSpan(0, at), .. what, .. input.AsSpan(at)];

    private static byte[] Replace(byte[] input, int at, int length, ReadOnlySpan<byte> what) =>
        [.. input.AsSpan(0, at), .. what, .. input.AsSpan(at + length)];

    private byte[] RandomBytes(int length)
    {
        byte[] result = new byte[length];
        foreach (ref byte value in result.AsSpan())
        {
            value = random.Byte();
        }

        return result;
    }

    private (int At, int Length) Range(byte[] input)
    {
        int at = random.Below(input.Length);
        return (at, 1 + random.Below(Math.Min(RangeMax, input.Length - at)));
    }

    private byte[] RemoveRange(byte[] input)
    {
        (int at, int length) = Range(input);
        return Replace(input, at, length, []);
    }

    private byte[] RepeatRange(byte[] input)
    {
        (int at, int length) = Range(input);
        byte[] result = input;
        for (int times = 1 << random.Below(4); times > 0 && result.Length < LengthMax; times--)
        {
            result = Insert(result, at, input.AsSpan(at, length));
        }

        return result;
    }

    private byte[] Splice(byte[] head, byte[] tail) =>
        [
            .. head.AsSpan(0, random.Below(head.Length)),
            .. tail.AsSpan(random.Below(tail.Length + 1)),
        ];

    private byte[] CopyFrom(byte[] input, byte[] other)
    {
        if (other.Length == 0)
        {
            return input;
        }

        (int at, int length) = Range(other);
        int target = random.Below(input.Length);
        int replaced = random.Below(2) == 0 ? 0 : Math.Min(length, input.Length - target);
        return Replace(input, target, replaced, other.AsSpan(at, length));
    }

    private byte[] PutNumber(byte[] input)
    {
        Span<byte> number = stackalloc byte[8];
        ulong value = random.Of(Interesting);
        bool isBig = random.Below(2) == 0;
        int length = 1 << random.Below(4);
        if (isBig)
        {
            BinaryPrimitives.WriteUInt64BigEndian(number, value);
            number = number[^length..];
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
            number = number[..length];
        }

        int at = random.Below(input.Length);
        return Replace(input, at, Math.Min(length, input.Length - at), number);
    }

    private byte[] PutWord(byte[] input)
    {
        byte[] word = random.Of(Words.All);
        int at = random.Below(input.Length + 1);
        int replaced = random.Below(2) == 0 ? 0 : Math.Min(word.Length, input.Length - at);
        return Replace(input, at, replaced, word);
    }
}
