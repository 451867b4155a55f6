namespace Filecoin.Crypto;

public static partial class Blake2b
{
    /// <summary>Words of the state that the compression function changes.</summary>
    public const int StateWords = 8;

    /// <summary>Words of a block.</summary>
    public const int BlockWords = 16;

    // The order of the block's words in each of ten rounds.
    private static ReadOnlySpan<byte> Orders =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <summary>The compression function with any number of rounds.</summary>
    /// <remarks>Spec: EIP-152; RFC 7693, section 3.2.</remarks>
    /// <param name="rounds">How many; the hash itself has 12.</param>
    /// <param name="state">8 words, changed in place.</param>
    /// <param name="block">16 words.</param>
    /// <param name="counter">Bytes hashed so far.</param>
    /// <param name="isLast">Whether this is the last block.</param>
    public static void Compress(
        uint rounds, Span<ulong> state, ReadOnlySpan<ulong> block, UInt128 counter, bool isLast)
    {
        Span<ulong> v =
        [
            .. state[..StateWords],
            Iv0, Iv1, Iv2, Iv3,
            Iv4 ^ (ulong)(counter & ulong.MaxValue), Iv5 ^ (ulong)(counter >> 64),
            isLast ? ~Iv6 : Iv6, Iv7,
        ];
        for (var round = 0U; round < rounds; round++)
        {
            var order = Orders.Slice((int)(round % 10) * BlockWords, BlockWords);
            for (var i = 0; i < 4; i++)
            {
                Mix(ref v[i], ref v[4 + i], ref v[8 + i], ref v[12 + i],
                    block[order[2 * i]], block[order[(2 * i) + 1]]);
            }

            for (var i = 0; i < 4; i++)
            {
                Mix(ref v[i], ref v[4 + ((i + 1) & 3)], ref v[8 + ((i + 2) & 3)],
                    ref v[12 + ((i + 3) & 3)],
                    block[order[8 + (2 * i)]], block[order[9 + (2 * i)]]);
            }
        }

        for (var i = 0; i < StateWords; i++)
        {
            state[i] ^= v[i] ^ v[8 + i];
        }
    }
}
