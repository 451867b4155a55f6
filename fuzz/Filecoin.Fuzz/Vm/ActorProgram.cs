using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm;

namespace Filecoin.Fuzz.Vm;

/// <summary>
/// A valid actor whose code the bytes of an input choose: syscalls with arguments fit and unfit,
/// memory, loops, calls of itself.
/// </summary>
internal static class ActorProgram
{
    private const int StatementsMax = 300;
    private const int NestingMax = 8;
    private const byte Local32 = 1;
    private const byte Local64 = 5;
    private const int LocalsEach = 4;

    private static readonly int[] Numbers =
    [
        -1, 0, 1, 4, 8, 16, 20, 32, 48, 64, 65, 96, 255, 1_024, 65_528, 65_535, 65_536, 1 << 20,
        int.MaxValue, int.MinValue,
    ];

    private static readonly long[] WideNumbers =
    [
        -1, 0, 1, 2, 10, 99, 100, 1_000, 1_001, 0x51, 0x55, 0x71, 0xb220, 1L << 32, long.MaxValue,
        long.MinValue, 3844450837,
    ];

    /// <summary>Offsets of what <see cref="Data"/> holds.</summary>
    private static readonly int[] Places = [0, 16, 32, 64, 96, 144, 192, 224, 256, 512, 1_024];

    public static byte[] Build(ReadOnlySpan<byte> input, ProtocolLine line)
    {
        Syscall[] syscalls = SyscallTable.For(line).Rows;
        ModuleBytes types = new ModuleBytes().Unsigned((ulong)syscalls.Length + 1);
        ModuleBytes imports = new ModuleBytes().Unsigned((ulong)syscalls.Length);
        for (int i = 0; i < syscalls.Length; i++)
        {
            AddType(types, syscalls[i].Function.Parameters);
            imports.Text(syscalls[i].Function.Module).Text(syscalls[i].Function.Name)
                .Add(0).Unsigned((ulong)i);
        }

        AddType(types, [WasmType.I32]);
        ulong invoke = (ulong)syscalls.Length;
        byte[] body = Body(input, syscalls);
        return new ModuleBytes()
            .Add(0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0)
            .Section(1, types)
            .Section(2, imports)
            .Section(3, new ModuleBytes().Add(1).Unsigned(invoke))
            .Section(5, new ModuleBytes().Add(1, 0, 1))
            .Section(7, new ModuleBytes().Add(2)
                .Text("memory").Add(2, 0).Text("invoke").Add(0).Unsigned(invoke))
            .Section(10, new ModuleBytes().Add(1).Vector(body))
            .Section(11, new ModuleBytes().Add(1, 0, 0x41, 0, 0x0b).Vector(Data(input)))
            .ToArray();
    }

    private static void AddType(ModuleBytes types, IReadOnlyList<WasmType> parameters)
    {
        types.Add(0x60).Unsigned((ulong)parameters.Count);
        foreach (WasmType parameter in parameters)
        {
            types.Add((byte)parameter);
        }

        types.Add(1, (byte)WasmType.I32);
    }

    /// <summary>Addresses, CIDs and blocks that syscalls know, and behind them the input.</summary>
    private static byte[] Data(ReadOnlySpan<byte> input)
    {
        byte[] data = new byte[1_024 + Math.Min(input.Length, 1_024)];
        Address.FromId(new(1_000)).Encode(data);
        Address.FromId(new(100)).Encode(data.AsSpan(16));
        Address.FromDelegated(new(10), new byte[20]).Encode(data.AsSpan(32));
        Address.FromSecp256k1(new byte[65]).Encode(data.AsSpan(64));
        Cid.Of(Codec.DagCbor, [0x80]).Bytes.CopyTo(data.AsSpan(96));
        Cbor.Encode(Cid.Of(Codec.DagCbor, [0x80])).CopyTo(data, 144);
        data[192] = 0x80;
        Cbor.Encode(new SectorId(new(1_000), 1)).CopyTo(data, 224);
        TupleSeed().CopyTo(data, 256);
        input[..(data.Length - 1_024)].CopyTo(data.AsSpan(1_024));
        return data;
    }

    private static byte[] TupleSeed() => Cbor.Encode(new WindowPostVerifyInfo(
        new byte[32], [], [], new(1_000)));

    private static byte[] Body(ReadOnlySpan<byte> input, Syscall[] syscalls)
    {
        Choices choices = new(input);
        ModuleBytes code = new ModuleBytes().Add(2, LocalsEach, 0x7f, LocalsEach, 0x7e);
        int nesting = 0;
        for (int i = 0; i < StatementsMax && !choices.AreOver; i++)
        {
            AddStatement(code, ref choices, syscalls, ref nesting);
        }

        for (; nesting > 0; nesting--)
        {
            code.Add(0x0b);
        }

        return code.Add(0x20, Local32, 0x0b).ToArray();
    }

    private static void AddStatement(
        ModuleBytes code, ref Choices choices, Syscall[] syscalls, ref int nesting)
    {
        switch (choices.Below(16))
        {
            case 9:
                AddWord(code, ref choices);
                code.Add(0x40, 0, 0x21, LocalOf(ref choices));
                break;
            case 10:
                AddWord(code, ref choices);
                AddWord(code, ref choices);
                code.Add(0x36, 0, 0);
                break;
            case 11:
                AddWideWord(code, ref choices);
                code.Add(0x21, (byte)(Local64 + choices.Below(LocalsEach)));
                break;
            case 12 when nesting < NestingMax:
                // A block, a loop, or a choice.
                nesting++;
                AddOpening(code, ref choices);
                break;
            case 13 when nesting > 0:
                nesting--;
                code.Add(0x0b);
                break;
            case 14 when nesting > 0:
                AddWord(code, ref choices);
                code.Add(0x0d).Unsigned((ulong)choices.Below(nesting));
                break;
            case 15:
                AddRest(code, ref choices, syscalls.Length);
                break;
            default:
                AddSyscall(code, ref choices, syscalls);
                break;
        }
    }

    private static void AddSyscall(ModuleBytes code, ref Choices choices, Syscall[] syscalls)
    {
        int index = choices.Below(syscalls.Length);
        foreach (WasmType parameter in syscalls[index].Function.Parameters)
        {
            if (parameter == WasmType.I32)
            {
                AddWord(code, ref choices);
            }
            else
            {
                AddWideWord(code, ref choices);
            }
        }

        code.Add(0x10).Unsigned((ulong)index).Add(0x21, LocalOf(ref choices));
    }

    private static void AddOpening(ModuleBytes code, ref Choices choices)
    {
        int kind = choices.Below(3);
        if (kind == 2)
        {
            AddWord(code, ref choices);
        }

        code.Add((byte)(0x02 + kind), 0x40);
    }

    private static void AddRest(ModuleBytes code, ref Choices choices, int invoke)
    {
        switch (choices.Below(6))
        {
            case 0:
                AddWord(code, ref choices);
                code.Add(0x10).Unsigned((ulong)invoke).Add(0x21, LocalOf(ref choices));
                break;
            case 1:
                AddWord(code, ref choices);
                AddWord(code, ref choices);
                code.Add(0x6d, 0x21, LocalOf(ref choices));
                break;
            case 2:
                AddWord(code, ref choices);
                code.Add(0x28, 0, 0, 0x21, LocalOf(ref choices));
                break;
            case 3:
                AddWord(code, ref choices);
                AddWord(code, ref choices);
                AddWord(code, ref choices);
                code.Add(0xfc, 0x0b, 0);
                break;
            case 4:
                AddWord(code, ref choices);
                code.Add(0x0f);
                break;
            default:
                AddWord(code, ref choices);
                AddWord(code, ref choices);
                code.Add(0x6a, 0x21, LocalOf(ref choices));
                break;
        }
    }

    private static byte LocalOf(ref Choices choices) =>
        (byte)(Local32 + choices.Below(LocalsEach));

    private static void AddWord(ModuleBytes code, ref Choices choices)
    {
        switch (choices.Below(8))
        {
            case 0 or 1:
                code.Add(0x20, LocalOf(ref choices));
                break;
            case 2:
                code.Add(0x20, 0);
                break;
            case 3:
                code.Add(0x3f, 0);
                break;
            case 4:
                code.Add(0x41).Signed(unchecked((int)choices.Number()));
                break;
            case 5:
                code.Add(0x41).Signed(Numbers[choices.Below(Numbers.Length)]);
                break;
            case 6:
                code.Add(0x41).Signed(Places[choices.Below(Places.Length)]);
                break;
            default:
                code.Add(0x41).Signed(choices.Byte());
                break;
        }
    }

    private static void AddWideWord(ModuleBytes code, ref Choices choices)
    {
        switch (choices.Below(4))
        {
            case 0:
                code.Add(0x20, (byte)(Local64 + choices.Below(LocalsEach)));
                break;
            case 1:
                code.Add(0x42).Signed(unchecked((long)choices.Number()));
                break;
            case 2:
                code.Add(0x20, LocalOf(ref choices), 0xad);
                break;
            default:
                code.Add(0x42).Signed(WideNumbers[choices.Below(WideNumbers.Length)]);
                break;
        }
    }
}
