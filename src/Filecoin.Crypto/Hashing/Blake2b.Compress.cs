using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Crypto;

public static partial class Blake2b
{
    // Unrolled scalar code: measured twice as fast as four-lane vectors, which wait on the
    // dependencies between the halves of a round.
    private static void Compress(
        Span<ulong> h, ReadOnlySpan<byte> block, ulong counter, bool isLast)
    {
        var m = MemoryMarshal.Cast<byte, ulong>(block[..BlockLength]);
        if (!BitConverter.IsLittleEndian)
        {
            Span<ulong> swapped = new ulong[16];
            BinaryPrimitives.ReverseEndianness(m, swapped);
            m = swapped;
        }

        _ = m[15];
        _ = h[7];
        ulong v0 = h[0], v1 = h[1], v2 = h[2], v3 = h[3];
        ulong v4 = h[4], v5 = h[5], v6 = h[6], v7 = h[7];
        ulong v8 = Iv0, v9 = Iv1, v10 = Iv2, v11 = Iv3;
        ulong v12 = Iv4 ^ counter, v13 = Iv5, v14 = isLast ? ~Iv6 : Iv6, v15 = Iv7;

        Mix(ref v0, ref v4, ref v8, ref v12, m[0], m[1]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[2], m[3]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[4], m[5]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[6], m[7]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[8], m[9]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[10], m[11]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[12], m[13]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[14], m[15]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[14], m[10]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[4], m[8]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[9], m[15]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[13], m[6]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[1], m[12]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[0], m[2]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[11], m[7]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[5], m[3]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[11], m[8]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[12], m[0]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[5], m[2]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[15], m[13]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[10], m[14]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[3], m[6]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[7], m[1]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[9], m[4]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[7], m[9]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[3], m[1]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[13], m[12]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[11], m[14]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[2], m[6]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[5], m[10]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[4], m[0]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[15], m[8]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[9], m[0]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[5], m[7]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[2], m[4]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[10], m[15]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[14], m[1]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[11], m[12]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[6], m[8]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[3], m[13]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[2], m[12]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[6], m[10]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[0], m[11]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[8], m[3]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[4], m[13]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[7], m[5]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[15], m[14]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[1], m[9]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[12], m[5]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[1], m[15]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[14], m[13]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[4], m[10]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[0], m[7]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[6], m[3]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[9], m[2]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[8], m[11]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[13], m[11]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[7], m[14]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[12], m[1]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[3], m[9]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[5], m[0]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[15], m[4]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[8], m[6]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[2], m[10]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[6], m[15]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[14], m[9]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[11], m[3]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[0], m[8]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[12], m[2]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[13], m[7]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[1], m[4]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[10], m[5]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[10], m[2]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[8], m[4]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[7], m[6]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[1], m[5]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[15], m[11]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[9], m[14]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[3], m[12]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[13], m[0]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[0], m[1]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[2], m[3]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[4], m[5]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[6], m[7]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[8], m[9]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[10], m[11]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[12], m[13]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[14], m[15]);

        Mix(ref v0, ref v4, ref v8, ref v12, m[14], m[10]);
        Mix(ref v1, ref v5, ref v9, ref v13, m[4], m[8]);
        Mix(ref v2, ref v6, ref v10, ref v14, m[9], m[15]);
        Mix(ref v3, ref v7, ref v11, ref v15, m[13], m[6]);
        Mix(ref v0, ref v5, ref v10, ref v15, m[1], m[12]);
        Mix(ref v1, ref v6, ref v11, ref v12, m[0], m[2]);
        Mix(ref v2, ref v7, ref v8, ref v13, m[11], m[7]);
        Mix(ref v3, ref v4, ref v9, ref v14, m[5], m[3]);

        h[0] ^= v0 ^ v8;
        h[1] ^= v1 ^ v9;
        h[2] ^= v2 ^ v10;
        h[3] ^= v3 ^ v11;
        h[4] ^= v4 ^ v12;
        h[5] ^= v5 ^ v13;
        h[6] ^= v6 ^ v14;
        h[7] ^= v7 ^ v15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref ulong a, ref ulong b, ref ulong c, ref ulong d, in ulong x, in ulong y)
    {
        unchecked
        {
            a += b + x;
            d = BitOperations.RotateRight(d ^ a, 32);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 24);
            a += b + y;
            d = BitOperations.RotateRight(d ^ a, 16);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 63);
        }
    }
}
