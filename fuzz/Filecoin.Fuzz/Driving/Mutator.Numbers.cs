using System.Buffers.Binary;

namespace Filecoin.Fuzz.Driving;

/// <content>Edits that know how numbers are written in CBOR and in LEB128.</content>
internal sealed partial class Mutator
{
    private const int LebLengthMax = 10;

    /// <summary>
    /// Writes a header of CBOR anew: another argument, another type, another form.
    /// </summary>
    private byte[] EditCbor(byte[] input)
    {
        int at = random.Below(input.Length);
        int information = input[at] & 31;
        int width = information is >= 24 and <= 27 ? 1 << (information - 24) : 0;
        if (information > 27 || width > input.Length - at - 1)
        {
            return input;
        }

        ulong argument = (ulong)information;
        for (int i = 1; i <= width; i++)
        {
            argument = ((i == 1 ? 0 : argument) << 8) | input[at + i];
        }

        int major = input[at] >> 5;
        int wider = 0;
        switch (random.Below(4))
        {
            case 0:
                argument = random.Of(Interesting);
                break;
            case 1:
                argument = unchecked(argument + (ulong)random.Below(5) - 2);
                break;
            case 2:
                major = random.Below(8);
                break;
            default:
                wider = 1 + random.Below(4);
                break;
        }

        return Replace(input, at, 1 + width, CborHeader(major, argument, wider));
    }

    private static byte[] CborHeader(int major, ulong argument, int wider)
    {
        int least = argument switch
        {
            < 24 => 0,
            <= byte.MaxValue => 1,
            <= ushort.MaxValue => 2,
            <= uint.MaxValue => 3,
            _ => 4,
        };
        int form = Math.Min(4, least + wider);
        if (form == 0)
        {
            return [(byte)((major << 5) | (int)argument)];
        }

        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, argument);
        return [(byte)((major << 5) | (23 + form)), .. number[^(1 << (form - 1))..]];
    }

    /// <summary>
    /// Writes a number of LEB128 anew: another value, or more bytes than it needs.
    /// </summary>
    private byte[] EditLeb(byte[] input)
    {
        int at = random.Below(input.Length);
        int length = 1;
        while (length < LebLengthMax && at + length < input.Length && input[at + length - 1] >= 128)
        {
            length++;
        }

        return random.Below(3) switch
        {
            0 => Replace(input, at, length, Leb(random.Of(Interesting), 0)),
            1 => Replace(input, at, length, Leb((ulong)random.Below(256), random.Below(4))),
            _ => Replace(
                input, at, length, [.. input.AsSpan(at, length - 1),
                    (byte)(input[at + length - 1] | 128), .. Leb(0, random.Below(4))]),
        };
    }

    private static byte[] Leb(ulong value, int padding)
    {
        List<byte> bytes = [];
        for (; value >= 128 || padding > 0; value >>= 7)
        {
            padding -= value < 128 ? 1 : 0;
            bytes.Add((byte)((value & 127) | 128));
        }

        return [.. bytes, (byte)value];
    }
}
