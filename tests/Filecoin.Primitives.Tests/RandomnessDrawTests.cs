namespace Filecoin.Primitives.Tests;

public sealed class RandomnessDrawTests
{
    // Provenance: builtin-actors runtime/src/runtime/randomness.rs. Purpose 5 is a sector's seal;
    // the entropy is a miner's address in CBOR.
    [Fact]
    public void A_draw_is_that_of_the_reference()
    {
        byte[] drawn = new byte[RandomnessDraw.Length];

        RandomnessDraw.Compute(
            5,
            Convert.FromHexString(
                "18ea1bc64ae14b5862140d44614299337c6cc957f2e57cb76d0d202cf9de718b"),
            2_797_727,
            Ipld.Cbor.Encode(Address.Parse("f0861593")),
            drawn);

        Assert.Equal(
            "dcc0aa70b1ca67ea6297832a4d2f708ec77ec8fbd3b93aeaf0f9068c4a37b584",
            Convert.ToHexStringLower(drawn));
    }

    [Fact]
    public void Entropy_of_any_length_counts_to_its_last_byte()
    {
        byte[] entropy = new byte[1_000];
        (byte[] first, byte[] second) = (new byte[32], new byte[32]);
        RandomnessDraw.Compute(1, new byte[32], -1, entropy, first);
        entropy[^1] = 1;
        RandomnessDraw.Compute(1, new byte[32], -1, entropy, second);

        Assert.NotEqual(first, second);
    }
}
