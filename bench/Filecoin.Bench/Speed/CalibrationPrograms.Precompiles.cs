using System.Security.Cryptography;
using Filecoin.Evm;

namespace Filecoin.Bench;

/// <content>Precompiled contracts that the sequences call seldom or never.</content>
internal static partial class CalibrationPrograms
{
    private const int Calls = 5;
    private const int Verify256 = 0x100;

    private static readonly U256[] PairOfGenerators =
    [
        1, 2,
        U256.ParseHex("198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"),
        U256.ParseHex("1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"),
        U256.ParseHex("090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"),
        U256.ParseHex("12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa"),
    ];

    private static IEnumerable<byte[]> Precompiles() =>
    [
        .. new int[] { 0, 32, 1_000, 8_000 }.SelectMany(length => new int[] { 2, 3, 4 }.Select(
            address => Call(address, [], length))),
        .. new ulong[] { 1, 12, 200 }.Select(rounds =>
            Call(9, [U256.ShiftLeft(rounds, 224)], 213)),
        Call(6, [1, 2, 1, 2], 128),
        Call(7, [1, 2, Long], 96),
        Call(7, [1, 2, Middle * Middle], 96),
        .. Enumerable.Range(1, 4).Select(pairs => Call(
            8,
            [.. Enumerable.Repeat(PairOfGenerators, pairs).SelectMany(words => words)],
            pairs * 192)),
        .. new int[] { 1, 2, 4, 8 }.SelectMany(words => new U256[] { 65_537, Long }.Select(
            exponent => Call(5, PowerOf(words, exponent), 32 * (4 + (2 * words))))),
        Call(Verify256, Signed(), 160),
    ];

    private static U256[] PowerOf(int words, U256 exponent) =>
    [
        (ulong)(32 * words), 32, (ulong)(32 * words),
        .. Enumerable.Repeat(Long, words), exponent, .. Enumerable.Repeat(All, words),
    ];

    private static U256[] Signed()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(false).Q;
        byte[] hash = Long.ToBigEndian();
        byte[] words = [.. hash, .. key.SignHash(hash), .. point.X!, .. point.Y!];
        return [.. words.Chunk(U256.Length).Select(word => U256.FromBigEndian(word))];
    }

    /// <summary>Puts words into memory and calls a precompiled contract with them.</summary>
    private static byte[] Call(int address, U256[] words, int length)
    {
        byte[] write = [.. words.SelectMany((word, i) => (byte[])
            [.. Push(word), .. Push(U256.Length * i), 0x52])];
        byte[] call =
        [
            0x5f, 0x5f, .. Push(length), 0x5f, .. Push(address), .. Push(1UL << 40), 0xfa, Pop,
        ];
        return [.. write, .. Enumerable.Repeat(call, Calls).SelectMany(bytes => bytes)];
    }
}
