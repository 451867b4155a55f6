using System.Buffers.Binary;
using System.Numerics;

namespace Filecoin.Crypto;

/// <summary>Keccak-256 with the original padding, as Ethereum uses it; not SHA3-256.</summary>
/// <remarks>Spec: the Keccak reference 3.0, rate 1088 bits, capacity 512 bits.</remarks>
public static class Keccak256
{
    /// <summary>Length of the digest, in bytes.</summary>
    public const int DigestLength = 32;

    private const int Rate = 136;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Hashes to 32 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        byte[] digest = new byte[DigestLength];
        Hash(data, digest);
        return digest;
    }

    /// <summary>Hashes to 32 bytes, where they are to be.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var target = digest[..DigestLength];
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        while (data.Length >= Rate)
        {
            Absorb(state, data);
            data = data[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target[(8 * i)..], state[i]);
        }
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / 8; i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
        }

        Permute(state);
    }

    // Lanes are locals, named by row letter and column: the five steps of a round in one pass.
    private static void Permute(Span<ulong> s)
    {
        _ = s[24];
        ulong a0 = s[0], a1 = s[1], a2 = s[2], a3 = s[3], a4 = s[4];
        ulong b0 = s[5], b1 = s[6], b2 = s[7], b3 = s[8], b4 = s[9];
        ulong c0 = s[10], c1 = s[11], c2 = s[12], c3 = s[13], c4 = s[14];
        ulong d0 = s[15], d1 = s[16], d2 = s[17], d3 = s[18], d4 = s[19];
        ulong e0 = s[20], e1 = s[21], e2 = s[22], e3 = s[23], e4 = s[24];
        foreach (var constant in RoundConstants)
        {
            var parity0 = a0 ^ b0 ^ c0 ^ d0 ^ e0;
            var parity1 = a1 ^ b1 ^ c1 ^ d1 ^ e1;
            var parity2 = a2 ^ b2 ^ c2 ^ d2 ^ e2;
            var parity3 = a3 ^ b3 ^ c3 ^ d3 ^ e3;
            var parity4 = a4 ^ b4 ^ c4 ^ d4 ^ e4;
            var t0 = parity4 ^ BitOperations.RotateLeft(parity1, 1);
            var t1 = parity0 ^ BitOperations.RotateLeft(parity2, 1);
            var t2 = parity1 ^ BitOperations.RotateLeft(parity3, 1);
            var t3 = parity2 ^ BitOperations.RotateLeft(parity4, 1);
            var t4 = parity3 ^ BitOperations.RotateLeft(parity0, 1);

            var pa0 = a0 ^ t0;
            var pa1 = BitOperations.RotateLeft(b1 ^ t1, 44);
            var pa2 = BitOperations.RotateLeft(c2 ^ t2, 43);
            var pa3 = BitOperations.RotateLeft(d3 ^ t3, 21);
            var pa4 = BitOperations.RotateLeft(e4 ^ t4, 14);
            var pb0 = BitOperations.RotateLeft(a3 ^ t3, 28);
            var pb1 = BitOperations.RotateLeft(b4 ^ t4, 20);
            var pb2 = BitOperations.RotateLeft(c0 ^ t0, 3);
            var pb3 = BitOperations.RotateLeft(d1 ^ t1, 45);
            var pb4 = BitOperations.RotateLeft(e2 ^ t2, 61);
            var pc0 = BitOperations.RotateLeft(a1 ^ t1, 1);
            var pc1 = BitOperations.RotateLeft(b2 ^ t2, 6);
            var pc2 = BitOperations.RotateLeft(c3 ^ t3, 25);
            var pc3 = BitOperations.RotateLeft(d4 ^ t4, 8);
            var pc4 = BitOperations.RotateLeft(e0 ^ t0, 18);
            var pd0 = BitOperations.RotateLeft(a4 ^ t4, 27);
            var pd1 = BitOperations.RotateLeft(b0 ^ t0, 36);
            var pd2 = BitOperations.RotateLeft(c1 ^ t1, 10);
            var pd3 = BitOperations.RotateLeft(d2 ^ t2, 15);
            var pd4 = BitOperations.RotateLeft(e3 ^ t3, 56);
            var pe0 = BitOperations.RotateLeft(a2 ^ t2, 62);
            var pe1 = BitOperations.RotateLeft(b3 ^ t3, 55);
            var pe2 = BitOperations.RotateLeft(c4 ^ t4, 39);
            var pe3 = BitOperations.RotateLeft(d0 ^ t0, 41);
            var pe4 = BitOperations.RotateLeft(e1 ^ t1, 2);

            a0 = pa0 ^ (~pa1 & pa2) ^ constant;
            a1 = pa1 ^ (~pa2 & pa3);
            a2 = pa2 ^ (~pa3 & pa4);
            a3 = pa3 ^ (~pa4 & pa0);
            a4 = pa4 ^ (~pa0 & pa1);
            b0 = pb0 ^ (~pb1 & pb2);
            b1 = pb1 ^ (~pb2 & pb3);
            b2 = pb2 ^ (~pb3 & pb4);
            b3 = pb3 ^ (~pb4 & pb0);
            b4 = pb4 ^ (~pb0 & pb1);
            c0 = pc0 ^ (~pc1 & pc2);
            c1 = pc1 ^ (~pc2 & pc3);
            c2 = pc2 ^ (~pc3 & pc4);
            c3 = pc3 ^ (~pc4 & pc0);
            c4 = pc4 ^ (~pc0 & pc1);
            d0 = pd0 ^ (~pd1 & pd2);
            d1 = pd1 ^ (~pd2 & pd3);
            d2 = pd2 ^ (~pd3 & pd4);
            d3 = pd3 ^ (~pd4 & pd0);
            d4 = pd4 ^ (~pd0 & pd1);
            e0 = pe0 ^ (~pe1 & pe2);
            e1 = pe1 ^ (~pe2 & pe3);
            e2 = pe2 ^ (~pe3 & pe4);
            e3 = pe3 ^ (~pe4 & pe0);
            e4 = pe4 ^ (~pe0 & pe1);
        }

        (s[0], s[1], s[2], s[3], s[4]) = (a0, a1, a2, a3, a4);
        (s[5], s[6], s[7], s[8], s[9]) = (b0, b1, b2, b3, b4);
        (s[10], s[11], s[12], s[13], s[14]) = (c0, c1, c2, c3, c4);
        (s[15], s[16], s[17], s[18], s[19]) = (d0, d1, d2, d3, d4);
        (s[20], s[21], s[22], s[23], s[24]) = (e0, e1, e2, e3, e4);
    }
}
