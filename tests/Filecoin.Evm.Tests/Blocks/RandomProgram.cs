namespace Filecoin.Evm.Tests.Blocks;

/// <summary>Loops of any instructions, some of which go wrong after a while.</summary>
internal sealed class RandomProgram(int seed)
{
    // What takes its operands from the stack as it comes.
    private static readonly byte[] Plain =
    [
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13,
        0x14, 0x15, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x30, 0x33, 0x34,
        0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x45, 0x46, 0x47, 0x48, 0x50, 0x50, 0x58, 0x59,
        0x5a, 0x5b, 0x5f,
    ];

    private readonly Random random = new(seed);
    private readonly List<byte> code = [];

    /// <summary>The program's bytes.</summary>
    internal byte[] Build()
    {
        for (int i = random.Next(8); i > 0; i--)
        {
            PushAny();
        }

        int start = code.Count;
        code.Add(0x5b);
        for (int i = random.Next(1, random.Next(20) == 0 ? 200 : 40); i > 0; i--)
        {
            AddAny();
        }

        // Longer than a block may be.
        for (int i = random.Next(30) == 0 ? 70 : 0; i > 0; i--)
        {
            PushByte(random.Next(256));
            code.Add((byte)(0x01 + random.Next(3)));
        }

        // Rounds are counted in the storage, which nothing else reaches.
        code.AddRange([0x5f, 0x54, 0x60, 0x01, 0x01, 0x80, 0x5f, 0x55]);
        code.AddRange([0x60, (byte)random.Next(2, 120), 0x11, 0x61]);
        code.AddRange([(byte)(start >> 8), (byte)(start & 0xff), 0x57]);
        for (byte i = 0; i < 4; i++)
        {
            code.AddRange([0x61, 0x01, (byte)(32 * i), 0x52]);
        }

        code.AddRange([0x61, 0x02, 0x00, 0x5f, 0xf3]);
        return [.. code];
    }

    private void AddAny()
    {
        switch (random.Next(20))
        {
            case < 5:
                PushAny();
                break;
            case < 8:
                code.Add((byte)(0x80 + random.Next(random.Next(3) == 0 ? 16 : 5)));
                break;
            case < 11:
                code.Add((byte)(0x90 + random.Next(random.Next(3) == 0 ? 16 : 5)));
                break;
            case 11:
                PushByte(random.Next(256));
                code.AddRange(random.Next(2) == 0 ? [] : [0x81, 0x16]);
                code.Add((byte)(0x51 + random.Next(3)));
                break;
            case 12:
                // Any operand: mostly the end.
                code.Add(random.Next(20) == 0 ? (byte)0x51 : (byte)0x50);
                break;
            case 13:
                PushByte(random.Next(64));
                PushByte(random.Next(256));
                code.Add(random.Next(3) switch { 0 => 0x20, 1 => 0xa0, _ => 0x20 });
                break;
            case 14:
                PushByte(random.Next(3));
                PushByte(1 + random.Next(3));
                code.AddRange(random.Next(2) == 0 ? [0x55] : [0x54, 0x50, 0x50]);
                break;
            case 15:
                Skip(isDynamic: false);
                break;
            case 16:
                Skip(isDynamic: true);
                break;
            case 17:
                PushByte(random.Next(200));
                PushByte(random.Next(32));
                PushByte(random.Next(32));
                code.Add(random.Next(3) switch { 0 => 0x37, 1 => 0x39, _ => 0x5e });
                break;
            default:
                code.Add(Plain[random.Next(Plain.Length)]);
                break;
        }
    }

    /// <summary>A jump over a few instructions, on a condition or to a computed place.</summary>
    private void Skip(bool isDynamic)
    {
        if (!isDynamic && random.Next(4) != 0)
        {
            Compare();
        }

        code.Add(0x61);
        int place = code.Count;
        code.AddRange([0, 0]);
        code.AddRange(isDynamic ? [0x36, 0x01, 0x56] : [0x57]);
        for (int i = random.Next(5); i > 0; i--)
        {
            PushAny();
            code.Add(Plain[random.Next(Plain.Length)]);
        }

        code[place] = (byte)(code.Count >> 8);
        code[place + 1] = (byte)(code.Count & 0xff);
        if (random.Next(50) != 0)
        {
            int destinations = random.Next(10) == 0 ? 6 : 1;
            code.AddRange(Enumerable.Repeat((byte)0x5b, destinations));
        }
    }

    /// <summary>A comparison of words or with a number, negated up to two times.</summary>
    private void Compare()
    {
        code.Add((byte)(0x80 + random.Next(4)));
        if (random.Next(2) == 0)
        {
            PushByte(random.Next(random.Next(2) == 0 ? 3 : 256));
            code.AddRange(random.Next(2) == 0 ? [0x90] : []);
        }
        else
        {
            code.Add((byte)(0x81 + random.Next(3)));
        }

        code.Add((byte)(0x10 + random.Next(5)));
        code.AddRange(Enumerable.Repeat((byte)0x15, random.Next(3)));
    }

    private void PushAny()
    {
        switch (random.Next(6))
        {
            case 0:
                byte[] word = new byte[random.Next(1, 33)];
                random.NextBytes(word);
                code.Add((byte)(0x5f + word.Length));
                code.AddRange(word);
                break;
            case 1:
                code.Add(0x7f);
                code.AddRange(Enumerable.Repeat((byte)0xff, 32));
                break;
            case 2:
                code.Add(0x67);
                code.AddRange(Enumerable.Repeat((byte)0xff, 8));
                break;
            default:
                PushByte(random.Next(random.Next(2) == 0 ? 3 : 256));
                break;
        }
    }

    private void PushByte(int value) => code.AddRange([0x60, (byte)value]);
}
