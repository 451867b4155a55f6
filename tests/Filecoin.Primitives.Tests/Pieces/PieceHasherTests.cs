using CsCheck;

namespace Filecoin.Primitives.Tests.Pieces;

public sealed class PieceHasherTests
{
    // Provenance: a second implementation, which agrees with go-fil-commp-hashhash.
    [Fact]
    public void A_text_has_the_commitment_of_another_implementation()
    {
        ReadOnlySpan<byte> sentence = "The quick brown fox jumps over the lazy dog. "u8;
        byte[] payload = new byte[1_016];
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = sentence[i % sentence.Length];
        }

        PieceInfo piece = PieceHasher.Compute(payload);

        Assert.Equal(1_024UL, piece.Size);
        Assert.Equal(
            "9af5bddb3d5a34743e691d1781b3a5701c24e66afa3a5df136774063f8750033",
            Convert.ToHexStringLower(piece.Piece.Digest));
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(127, 128)]
    [InlineData(128, 256)]
    [InlineData(255, 512)]
    [InlineData(509, 1_024)]
    public void A_payload_is_filled_up_with_zeros(int length, int paddedBytes)
    {
        byte[] payload = new byte[length];
        payload[^1] = 7;
        byte[] filled = new byte[paddedBytes / 128 * 127];
        payload.CopyTo(filled, 0);

        Assert.Equal(PieceHasher.Compute(filled), PieceHasher.Compute(payload));
        Assert.Equal((ulong)paddedBytes, PieceHasher.Compute(payload).Size);
    }

    [Fact]
    public void Parts_of_any_length_make_the_same_piece() =>
        Gen.Byte.Array[1, 700].Array[1, 6].Sample(
            parts =>
            {
                PieceHasher hasher = new();
                List<byte> whole = [];
                foreach (byte[] part in parts)
                {
                    hasher.Append(part);
                    whole.AddRange(part);
                }

                Assert.Equal(PieceHasher.Compute([.. whole]), hasher.Finish());
            },
            seed: "0000KDwRKqk4", iter: 200);

    [Fact]
    public void Two_halves_of_a_sector_commit_to_the_whole()
    {
        byte[] payload = new byte[2_032];
        payload.AsSpan().Fill(0xab);
        payload[5] = 1;

        Assert.True(UnsealedSector.TryCompute(
            2_048,
            [PieceHasher.Compute(payload.AsSpan(..1_016)),
                PieceHasher.Compute(payload.AsSpan(1_016..))],
            out Ipld.Cid cid));
        Assert.Equal(PieceHasher.Compute(payload).Piece, cid);
    }

    [Fact]
    public void No_payload_is_no_piece()
    {
        Assert.Throws<ArgumentException>(() => PieceHasher.Compute([]));
        Assert.Throws<InvalidOperationException>(() => new PieceHasher().Finish());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(192)]
    [InlineData(0)]
    [InlineData(4_096)]
    public void A_piece_of_another_size_is_in_no_sector(ulong sizeBytes)
    {
        PieceInfo piece = PieceHasher.Compute([1]) with { Size = sizeBytes };

        Assert.False(UnsealedSector.TryCompute(2_048, [piece], out _));
    }

    [Fact]
    public void Pieces_that_do_not_fit_are_in_no_sector()
    {
        PieceInfo small = PieceHasher.Compute([1]);
        PieceInfo large = small with { Size = 2_048 };

        Assert.True(UnsealedSector.TryCompute(2_048, [large], out _));
        Assert.False(UnsealedSector.TryCompute(2_048, [small, large], out _));
        Assert.False(UnsealedSector.TryCompute(2_048, [large, small], out _));
    }
}
