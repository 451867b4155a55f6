using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Filecoin.Crypto;

/// <summary>BLAKE2b without key, salt or personalisation, of any output length.</summary>
/// <remarks>
/// Spec: RFC 7693. The output length is a parameter of the hash: a 20-byte digest is no prefix
/// of the 32-byte one.
/// </remarks>
public static class Blake2b
{
    /// <summary>Longest digest, in bytes.</summary>
    public const int DigestLengthMax = 64;

    private const int BlockLength = 128;

    // A head start: the four rows of the working state are vectors, the diagonals rotated rows.
    private static readonly Vector256<ulong> IvLow = Vector256.Create(
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1);

    private static readonly Vector256<ulong> IvHigh = Vector256.Create(
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179);

    /// <summary>Hashes to as many bytes as the digest's span has, 1 to 64.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        if (digest.Length is 0 or > DigestLengthMax)
        {
            throw new ArgumentException(
                $"a BLAKE2b digest has 1 to 64 bytes, not {digest.Length}", nameof(digest));
        }

        // Parameter block: digest length, no key, fan-out 1, depth 1.
        var low = IvLow ^ Vector256.CreateScalar(0x01010000UL ^ (uint)digest.Length);
        var high = IvHigh;
        var counter = 0UL;
        while (data.Length > BlockLength)
        {
            counter += BlockLength;
            Compress(ref low, ref high, data, counter, isLast: false);
            data = data[BlockLength..];
        }

        counter += (uint)data.Length;
        if (data.Length == BlockLength)
        {
            Compress(ref low, ref high, data, counter, isLast: true);
        }
        else
        {
            Span<byte> padded = stackalloc byte[BlockLength];
            padded.Clear();
            data.CopyTo(padded);
            Compress(ref low, ref high, padded, counter, isLast: true);
        }

        Write(low, high, digest);
    }

    /// <summary>Hashes to 32 bytes, the length of the network's block digests.</summary>
    public static void Hash256(ReadOnlySpan<byte> data, Span<byte> digest32) =>
        Hash(data, digest32[..32]);

    private static void Write(Vector256<ulong> low, Vector256<ulong> high, Span<byte> digest)
    {
        Span<byte> full = stackalloc byte[DigestLengthMax];
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(full[(8 * i)..], low[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(full[(32 + (8 * i))..], high[i]);
        }

        full[..digest.Length].CopyTo(digest);
    }

    private static void Compress(
        ref Vector256<ulong> low,
        ref Vector256<ulong> high,
        ReadOnlySpan<byte> block,
        ulong counter,
        bool isLast)
    {
        var m = MemoryMarshal.Cast<byte, ulong>(block[..BlockLength]);
        if (!BitConverter.IsLittleEndian)
        {
            Span<ulong> swapped = new ulong[16];
            BinaryPrimitives.ReverseEndianness(m, swapped);
            m = swapped;
        }

        _ = m[15];
        var a = low;
        var b = high;
        var c = IvLow;
        var d = IvHigh ^ Vector256.Create(counter, 0, isLast ? ulong.MaxValue : 0, 0);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[0], m[2], m[4], m[6]),
            Vector256.Create(m[1], m[3], m[5], m[7]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[8], m[10], m[12], m[14]),
            Vector256.Create(m[9], m[11], m[13], m[15]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[14], m[4], m[9], m[13]),
            Vector256.Create(m[10], m[8], m[15], m[6]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[1], m[0], m[11], m[5]),
            Vector256.Create(m[12], m[2], m[7], m[3]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[11], m[12], m[5], m[15]),
            Vector256.Create(m[8], m[0], m[2], m[13]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[10], m[3], m[7], m[9]),
            Vector256.Create(m[14], m[6], m[1], m[4]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[7], m[3], m[13], m[11]),
            Vector256.Create(m[9], m[1], m[12], m[14]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[2], m[5], m[4], m[15]),
            Vector256.Create(m[6], m[10], m[0], m[8]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[9], m[5], m[2], m[10]),
            Vector256.Create(m[0], m[7], m[4], m[15]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[14], m[11], m[6], m[3]),
            Vector256.Create(m[1], m[12], m[8], m[13]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[2], m[6], m[0], m[8]),
            Vector256.Create(m[12], m[10], m[11], m[3]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[4], m[7], m[15], m[1]),
            Vector256.Create(m[13], m[5], m[14], m[9]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[12], m[1], m[14], m[4]),
            Vector256.Create(m[5], m[15], m[13], m[10]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[0], m[6], m[9], m[8]),
            Vector256.Create(m[7], m[3], m[2], m[11]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[13], m[7], m[12], m[3]),
            Vector256.Create(m[11], m[14], m[1], m[9]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[5], m[15], m[8], m[2]),
            Vector256.Create(m[0], m[4], m[6], m[10]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[6], m[14], m[11], m[0]),
            Vector256.Create(m[15], m[9], m[3], m[8]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[12], m[13], m[1], m[10]),
            Vector256.Create(m[2], m[7], m[4], m[5]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[10], m[8], m[7], m[1]),
            Vector256.Create(m[2], m[4], m[6], m[5]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[15], m[9], m[3], m[13]),
            Vector256.Create(m[11], m[14], m[12], m[0]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[0], m[2], m[4], m[6]),
            Vector256.Create(m[1], m[3], m[5], m[7]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[8], m[10], m[12], m[14]),
            Vector256.Create(m[9], m[11], m[13], m[15]));
        Diagonal(ref d, ref c, ref b);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[14], m[4], m[9], m[13]),
            Vector256.Create(m[10], m[8], m[15], m[6]));
        Diagonal(ref b, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Vector256.Create(m[1], m[0], m[11], m[5]),
            Vector256.Create(m[12], m[2], m[7], m[3]));
        Diagonal(ref d, ref c, ref b);
        low ^= a ^ c;
        high ^= b ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a,
        ref Vector256<ulong> b,
        ref Vector256<ulong> c,
        ref Vector256<ulong> d,
        Vector256<ulong> x,
        Vector256<ulong> y)
    {
        a += b + x;
        d = RotateRight(d ^ a, 32);
        c += d;
        b = RotateRight(b ^ c, 24);
        a += b + y;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 63);
    }

    /// <summary>Turns rows by one, two and three lanes, so that diagonals become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Diagonal(
        ref Vector256<ulong> one, ref Vector256<ulong> two, ref Vector256<ulong> three)
    {
        one = Vector256.Shuffle(one, Vector256.Create(1UL, 2, 3, 0));
        two = Vector256.Shuffle(two, Vector256.Create(2UL, 3, 0, 1));
        three = Vector256.Shuffle(three, Vector256.Create(3UL, 0, 1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight(Vector256<ulong> value, int bits) =>
        (value >>> bits) | (value << (64 - bits));
}
