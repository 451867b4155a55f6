using System.Numerics;
using CsCheck;
using Filecoin.Crypto;

namespace Filecoin.Primitives.Tests.Elections;

public sealed class ElectionTests
{
    // Provenance: lotus chain/types/testdata, the table of the Poisson distribution for five
    // expected events, its first entries.
    private static readonly BigInteger[] TailOfFive =
    [
        BigInteger.Parse(
            "115011888277122352219705460287186602222085188670665840381425306072442950421456"),
        BigInteger.Parse(
            "111110883476153136200377836679680074066161208695792222091263916395092054329056"),
        BigInteger.Parse(
            "101358371473730096152058777660913753676351258758608176365860442201714814098056"),
        BigInteger.Parse(
            "85104184803025029404860345962969886360001342196634766823521318546086080379726"),
    ];

    [Fact]
    public void The_tail_is_that_of_the_reference_to_the_last_bit()
    {
        PoissonTail tail = new(new BigInteger(5) << PoissonTail.Precision);

        foreach (BigInteger expected in TailOfFive)
        {
            Assert.Equal(expected, tail.Value);
            tail.Next();
        }
    }

    [Fact]
    public void With_all_power_a_miner_wins_as_often_as_the_tail_is_above_its_draw()
    {
        HashSet<int> seen = [];
        for (int i = 0; i < 2_000; i++)
        {
            byte[] proof = [(byte)(i & 0xff), (byte)(i >> 8)];
            byte[] digest = new byte[32];
            Blake2b.Hash256(proof, digest);
            BigInteger drawn = new(digest, isUnsigned: true, isBigEndian: true);
            int expected = TailOfFive.Count(entry => drawn < entry);
            int wins = Election.CountWins(proof, 7, 7);
            Assert.True(expected == 4 ? wins >= 4 : wins == expected);
            _ = seen.Add(wins);
        }

        Assert.True(seen.IsSupersetOf([0, 1, 2, 3, 4, 5, 6, 7, 8]));
    }

    [Fact]
    public void More_power_never_wins_less() =>
        Gen.Select(Gen.Byte.Array[96], Gen.Int[0, 999], Gen.Int[0, 999]).Sample(
            (proof, power, more) =>
                Election.CountWins(proof, Math.Min(power, more), 1_000)
                    <= Election.CountWins(proof, Math.Max(power, more), 1_000),
            seed: "0000KfrOmcD7", iter: 200);

    [Fact]
    public void Without_power_nobody_wins()
    {
        Assert.Equal(0, Election.CountWins([1], 0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Election.CountWins([1], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Election.CountWins([1], 8, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Election.CountWins([1], -1, 7));
    }
}
