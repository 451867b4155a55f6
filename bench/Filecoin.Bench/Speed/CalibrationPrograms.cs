using Filecoin.Evm;
using Filecoin.Ipld;
using Filecoin.Node;

namespace Filecoin.Bench;

/// <summary>
/// Contracts that do little but one instruction, many times: what it costs stands out.
/// </summary>
/// <remarks>They run as the code that makes a contract, in a message each.</remarks>
internal static partial class CalibrationPrograms
{
    /// <summary>The sequence on whose state they run; its first message makes a contract.</summary>
    internal const string Sequence = "evm_loops.json.gz";

    /// <summary>Their name in place of a file's.</summary>
    internal const string Name = "calibration";

    private const ulong GasLimit = 1_000_000_000_000;
    private const int Times = 150;
    private const byte Pop = 0x50;
    private const byte JumpDestination = 0x5b;

    private static readonly U256 Long = U256.ParseHex(
        "f2d8a1c47b3e5f60918273645a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d");

    private static readonly U256 All = -(U256)1ul;

    private static readonly U256 Middle = U256.ShiftRight(Long, 120);

    /// <summary>Lengths of operands: equal, unlike, and one of them zero.</summary>
    private static readonly (U256 First, U256 Second)[] Pairs =
    [
        (3, 5), (7, 3), (Long, 7), (Long, Middle), (Long, U256.ShiftRight(Long, 3)), (Middle, Long),
        (U256.ShiftRight(Long, 190), U256.ShiftRight(Long, 200)), (Long, 0), (9, Long),
    ];

    private static readonly byte[] Zeros = [.. Enumerable.Repeat((byte)0x5f, 17)];

    private static readonly byte[] Nullary =
    [
        0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
        0x48, 0x58, 0x59, 0x5a, 0x5f,
    ];

    private static readonly byte[] Unary =
        [0x15, 0x19, 0x1e, 0x31, 0x35, 0x3b, 0x3f, 0x40, 0x51, 0x54, 0x5c];

    private static readonly byte[] Binary =
    [
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17,
        0x18, 0x1a, 0x1b, 0x1c, 0x1d,
    ];

    internal static MessageSequence On(MessageSequence sequence)
    {
        SequenceStep step = sequence.Steps[0];
        return sequence with
        {
            Steps =
            [
                .. Programs().Select(code => step with
                {
                    Message = step.Message with
                    {
                        GasLimit = GasLimit,
                        Parameters = Cbor.Encode(new Actors.Eam.CreateExternalParams(code)),
                    },
                    Advances = false,
                    StateRoot = sequence.StateRoot,
                    SizeBytes = null,
                    Expected = null,
                }),
            ],
        };
    }

    private static IEnumerable<byte[]> Programs() =>
    [
        .. Nullary.Select(opcode => Repeat([opcode, Pop])),
        .. Unary.SelectMany(opcode => new U256[] { 0, 64, 300 }.Select(
            operand => Repeat([.. Push(operand), opcode, Pop]))),
        .. new byte[] { 0x15, 0x19, 0x1e, 0x35, 0x31 }.Select(
            opcode => Repeat([.. Push(Long), opcode, Pop])),
        .. Binary.SelectMany(opcode => Pairs.Select(pair => Repeat(
            [.. Push(pair.Second), .. Push(pair.First), opcode, Pop]))),
        .. Pairs.SelectMany(pair => new byte[] { 0x08, 0x09 }.SelectMany(opcode =>
            new U256[] { 11, Middle, Long }.Select(modulus => Repeat(
                [.. Push(modulus), .. Push(pair.Second), .. Push(pair.First), opcode, Pop])))),
        .. new int[] { 0, 1, 3, 8, 40, 100, 200, 256 }.SelectMany(bits =>
            new U256[] { 3, Long }.Select(number => Repeat(
                [.. Push(Top(bits)), .. Push(number), 0x0a, Pop]))),
        .. new int[] { 8, 100, 256 }.SelectMany(bits =>
            new U256[] { U256.ShiftRight(All, (ulong)(256 - bits)), Power(bits - 1) }.Select(
                exponent => Repeat([.. Push(exponent), .. Push(3), 0x0a, Pop]))),
        .. Enumerable.Range(1, 32).Select(length => Repeat(
            [(byte)(0x5f + length), .. Long.ToBigEndian().AsSpan(0, length), Pop])),
        .. Enumerable.Range(0, 16).Select(n => Repeat([(byte)(0x80 + n), Pop], Zeros)),
        .. Enumerable.Range(0, 16).Select(n => Repeat([(byte)(0x90 + n)], Zeros)),
        .. new byte[] { 0x5b, 0x61, 0x7f }.Select(opcode => (byte[])
            [0x00, .. Enumerable.Repeat(opcode, 20_000)]),
        .. Memory(), .. Storage(), .. Jumps(), .. Precompiles(),
    ];

    private static IEnumerable<byte[]> Memory() =>
    [
        Repeat([.. Push(Long), .. Push(64), 0x52]),
        Repeat([.. Push(1), .. Push(4096), 0x52]),
        Repeat([.. Push(1), .. Push(4096), 0x53]),
        .. new int[] { 0, 32, 320, 4000 }.SelectMany(length =>
            new byte[] { 0x37, 0x39, 0x5e }.Select(opcode =>
                Repeat([.. Push(length), .. Push(32), .. Push(64), opcode]))),
        .. new int[] { 0, 32, 320, 4000 }.Select(length =>
            Repeat([.. Push(length), .. Push(32), 0x20, Pop])),
        .. new int[] { 0, 32, 320, 4000 }.SelectMany(length =>
            Enumerable.Range(0, 5).Select(topics => Repeat(
            [
                .. Enumerable.Repeat(Push(Long), topics).SelectMany(push => push),
                .. Push(length), .. Push(0), (byte)(0xa0 + topics),
            ]))),
        .. new int[] { 1_000, 20_000, 300_000, 3_000_000 }.Select(length =>
            (byte[])[.. Push(length), 0x51, Pop]),
        .. new int[] { 0, 32, 3_000 }.Select(length => Repeat(
        [
            .. Push(length), .. Push(0), .. Push(length), .. Push(0), .. Push(4),
            .. Push(1_000_000), 0xfa, Pop,
        ])),
    ];

    private static IEnumerable<byte[]> Storage() =>
    [
        .. new byte[] { 0x55, 0x5d }.SelectMany(opcode => new byte[][]
        {
            Numbered(i => [.. Push(Long), .. Push(i), opcode]),
            Numbered(i => [.. Push(Long), .. Push(U256.ShiftRight(Long, (ulong)i)), opcode]),
            Numbered(i => [.. Push(0), .. Push(U256.ShiftRight(Long, (ulong)i)), opcode]),
            Numbered(i => [.. Push(i), .. Push(1), opcode]),
            Numbered(i => [.. Push(i), .. Push(Long * (ulong)i), opcode]),
            [
                .. Numbered(i => [.. Push(Long), .. Push(Long * (ulong)i), opcode]),
                .. Numbered(i => [.. Push(0), .. Push(Long * (ulong)i), opcode]),
            ],
        }),
        .. new byte[] { 0x54, 0x5c }.SelectMany(opcode => new byte[][]
        {
            Numbered(i => [.. Push(U256.ShiftRight(Long, (ulong)i)), opcode, Pop]),
            [
                .. Numbered(i => [.. Push(i), .. Push(i), (byte)(opcode + 1)]),
                .. Numbered(i => [.. Push(i), opcode, Pop]),
                .. Numbered(i => [.. Push(i), opcode, Pop]),
            ],
            [
                .. Numbered(i => [.. Push(i), .. Push(Long * (ulong)i), (byte)(opcode + 1)]),
                .. Numbered(i => [.. Push(Long * (ulong)i), opcode, Pop]),
                .. Numbered(i => [.. Push(Long * (ulong)i), opcode, Pop]),
            ],
        }),
    ];

    private static IEnumerable<byte[]> Jumps() =>
    [
        Repeat([JumpDestination]),
        Numbered(i => [0x61, .. Two((i * 5) + 4), 0x56, JumpDestination]),
        Numbered(i => [0x5f, 0x61, .. Two((i * 6) + 5), 0x57, JumpDestination]),
        .. new int[] { 300, 3_000, 30_000 }.Select(times => (byte[])
        [
            0x61, .. Two(times),
            JumpDestination, 0x60, 1, 0x90, 0x03, 0x80, 0x60, 3, 0x57,
        ]),
        .. new int[] { 300, 3_000, 30_000 }.Select(times => (byte[])
        [
            0x61, .. Two(times),
            JumpDestination, 0x60, 1, 0x90, 0x03, 0x80, 0x15, 0x60, 16, 0x57, 0x60, 3, 0x56,
            JumpDestination,
        ]),
    ];

    private static byte[] Repeat(byte[] body, params byte[] before) =>
        [.. before, .. Enumerable.Repeat(body, Times).SelectMany(bytes => bytes)];

    private static byte[] Numbered(Func<int, byte[]> body) =>
        [.. Enumerable.Range(0, Times).SelectMany(body)];

    private static U256 Top(int bits) => U256.ShiftRight(Long, (ulong)(256 - bits));

    private static U256 Power(int bit) => U256.ShiftLeft(1, (ulong)bit);

    private static byte[] Two(int number) => [(byte)(number >> 8), (byte)(number & 0xff)];

    private static byte[] Push(U256 value)
    {
        int length = (value.BitLength + 7) / 8;
        return [(byte)(0x5f + length), .. value.ToBigEndian().AsSpan(U256.Length - length)];
    }

    private static byte[] Push(int value) => Push((U256)(ulong)value);
}
