using System.Numerics;
using CsCheck;

namespace Filecoin.Evm.Tests.Numbers;

/// <summary>Powers, by each of the ways they are found in, against integers of any size.</summary>
public sealed class U256PowerTests
{
    private const string Seed = "0000KOIPe036";

    private static readonly BigInteger Modulus = BigInteger.One << 256;

    // About each length of a word, and of an exponent that goes another way.
    private static readonly BigInteger[] Edges =
    [
        .. new[] { 0, 1, 2, 3, 8, 16, 29, 30, 31, 32, 43, 44, 45, 62, 63, 64, 65, 128, 192, 255 }
            .SelectMany(bits => new[] { -1, 0, 1 }.Select(add => (BigInteger.One << bits) + add)),
        Modulus - 1,
        Modulus - 2,
        6,
        7,
        10,
    ];

    private static readonly Gen<U256> Numbers = Gen.OneOf(
        Gen.Int[0, Edges.Length - 1].Select(index => U256.FromBigInteger(Edges[index])),
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong, Gen.Int[0, 255])
            .Select((a, b, c, d, bits) => U256.ShiftRight(new(a, b, c, d), (ulong)bits)));

    [Fact]
    public void Powers_of_edges_to_edges_are_those_of_integers()
    {
        foreach (BigInteger number in Edges)
        {
            foreach (BigInteger exponent in Edges)
            {
                Check(U256.FromBigInteger(number), U256.FromBigInteger(exponent));
            }
        }
    }

    [Fact]
    public void Powers_of_any_numbers_are_those_of_integers() => Gen.Select(Numbers, Numbers)
        .Sample(Check, seed: Seed, iter: 20_000);

    [Fact]
    public void Powers_to_every_exponent_up_to_300_are_those_of_integers() =>
        Gen.Select(Numbers, Gen.ULong[0, 300])
            .Sample((number, exponent) => Check(number, exponent), seed: Seed, iter: 20_000);

    [Fact]
    public void Powers_to_runs_of_ones_are_those_of_integers() =>
        Gen.Select(Numbers, Gen.ULong, Gen.Int[0, 63], Gen.Int[0, 63], Gen.Int[0, 256]).Sample(
            (number, bits, shift, fill, places) => Check(
                number,
                U256.ShiftLeft((bits >> shift) | ((1UL << fill) - 1), (ulong)places) - 1),
            seed: Seed,
            iter: 20_000);

    [Fact]
    public void A_power_may_go_where_an_operand_is() => Gen.Select(Numbers, Numbers).Sample(
        (number, exponent) =>
        {
            U256 power = U256.Power(number, exponent);
            U256 inNumber = number;
            U256.Power(inNumber, exponent, ref inNumber);
            U256 inExponent = exponent;
            U256.Power(number, inExponent, ref inExponent);
            Assert.Equal(power, inNumber);
            Assert.Equal(power, inExponent);
        },
        seed: Seed,
        iter: 5_000);

    private static void Check(U256 number, U256 exponent) => Assert.Equal(
        BigInteger.ModPow(number.ToBigInteger(), exponent.ToBigInteger(), Modulus),
        U256.Power(number, exponent).ToBigInteger());
}
