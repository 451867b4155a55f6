using System.Buffers.Binary;

namespace Filecoin.Crypto;

/// <summary>BLAKE2b without key, salt or personalisation, of any output length.</summary>
/// <remarks>
/// Spec: RFC 7693. The output length is a parameter of the hash: a 20-byte digest is no prefix
/// of the 32-byte one.
/// </remarks>
public static partial class Blake2b
{
    /// <summary>Longest digest, in bytes.</summary>
    public const int DigestLengthMax = 64;

    private const int BlockLength = 128;

    private const ulong Iv0 = 0x6a09e667f3bcc908;
    private const ulong Iv1 = 0xbb67ae8584caa73b;
    private const ulong Iv2 = 0x3c6ef372fe94f82b;
    private const ulong Iv3 = 0xa54ff53a5f1d36f1;
    private const ulong Iv4 = 0x510e527fade682d1;
    private const ulong Iv5 = 0x9b05688c2b3e6c1f;
    private const ulong Iv6 = 0x1f83d9abfb41bd6b;
    private const ulong Iv7 = 0x5be0cd19137e2179;

    // One key-less instance: fan-out 1, depth 1; the digest's length joins the low byte.
    private const ulong Parameters = 0x01010000;

    /// <summary>Hashes to as many bytes as the digest's span has, 1 to 64.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        if (digest.Length is 0 or > DigestLengthMax)
        {
            throw new ArgumentException(
                $"a BLAKE2b digest has 1 to 64 bytes, not {digest.Length}", nameof(digest));
        }

        Span<ulong> state =
            [Iv0 ^ Parameters ^ (ulong)digest.Length, Iv1, Iv2, Iv3, Iv4, Iv5, Iv6, Iv7];
        var counter = 0UL;
        while (data.Length > BlockLength)
        {
            counter += BlockLength;
            Compress(state, data, counter, isLast: false);
            data = data[BlockLength..];
        }

        Span<byte> last = stackalloc byte[BlockLength];
        last.Clear();
        data.CopyTo(last);
        Compress(state, last, counter + (ulong)data.Length, isLast: true);
        Write(state, digest);
    }

    /// <summary>Hashes to 32 bytes, the length of the network's block digests.</summary>
    public static void Hash256(ReadOnlySpan<byte> data, Span<byte> digest32) =>
        Hash(data, digest32[..32]);

    private static void Write(ReadOnlySpan<ulong> state, Span<byte> digest)
    {
        Span<byte> full = stackalloc byte[DigestLengthMax];
        for (var i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(full[(8 * i)..], state[i]);
        }

        full[..digest.Length].CopyTo(digest);
    }
}
