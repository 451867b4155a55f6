using System.Numerics;
using CsCheck;

namespace Filecoin.Vm.Tests;

/// <summary>Arithmetic against whole numbers without bounds, cut off at 64 bits.</summary>
public sealed class GasTests
{
    private const string Seed = "0000000000000";
    private const int Runs = 10_000;

    private static readonly long[] Ends =
        [long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue];

    private static readonly ulong[] UnitEnds = [0, 1, 1UL << 63, ulong.MaxValue];

    private static readonly Gen<long> Milligas = Gen.OneOf(
        Gen.Long,
        Gen.Long[-2_000, 2_000],
        Gen.Int[0, Ends.Length - 1].Select(index => Ends[index]));

    private static readonly Gen<ulong> Units = Gen.OneOf(
        Gen.ULong,
        Gen.ULong[0, 2_000],
        Gen.Int[0, UnitEnds.Length - 1].Select(index => UnitEnds[index]));

    [Fact]
    public void Sums_and_differences_stop_at_the_ends() =>
        Gen.Select(Milligas, Milligas).Sample(
            (left, right) =>
            {
                Gas sum = new Gas(left) + new Gas(right);
                Gas difference = new Gas(left) - new Gas(right);
                return sum.Milligas == Cut((BigInteger)left + right)
                    && difference.Milligas == Cut((BigInteger)left - right);
            },
            seed: Seed,
            iter: Runs,
            threads: 1);

    [Fact]
    public void Products_stop_at_the_ends() =>
        Gen.Select(Milligas, Units).Sample(
            (price, units) =>
                (new Gas(price) * units).Milligas == Cut((BigInteger)price * units),
            seed: Seed,
            iter: Runs,
            threads: 1);

    [Fact]
    public void Whole_gas_is_a_thousand_milligas_or_all_there_is() =>
        Gen.Select(Milligas, Units).Sample(
            (signed, unsigned) =>
                Gas.Of(signed).Milligas == Cut((BigInteger)signed * 1_000)
                && Gas.Of(unsigned).Milligas == Cut((BigInteger)unsigned * 1_000),
            seed: Seed,
            iter: Runs,
            threads: 1);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(100, 1, 0)]
    [InlineData(999, 1, 0)]
    [InlineData(1_000, 1, 1)]
    [InlineData(1_001, 2, 1)]
    [InlineData(-1, 0, -1)]
    [InlineData(-100, 0, -1)]
    [InlineData(-1_000, -1, -1)]
    [InlineData(-1_001, -1, -2)]
    [InlineData(long.MaxValue, 9_223_372_036_854_776, 9_223_372_036_854_775)]
    [InlineData(long.MinValue, -9_223_372_036_854_775, -9_223_372_036_854_776)]
    public void Milligas_round_to_gas(long milligas, long up, long down)
    {
        Assert.Equal(up, new Gas(milligas).RoundUp());
        Assert.Equal(down, new Gas(milligas).RoundDown());
    }

    [Fact]
    public void Amounts_are_ordered_by_milligas() =>
        Gen.Select(Milligas, Milligas).Sample(
            (left, right) =>
            {
                Gas first = new(left);
                Gas second = new(right);
                return (first < second) == (left < right)
                    && (first > second) == (left > right)
                    && (first <= second) == (left <= right)
                    && (first >= second) == (left >= right)
                    && first.CompareTo(second) == left.CompareTo(right)
                    && Gas.Min(first, second).Milligas == long.Min(left, right)
                    && Gas.Max(first, second).Milligas == long.Max(left, right);
            },
            seed: Seed,
            iter: Runs,
            threads: 1);

    [Fact]
    public void A_charge_is_the_sum_of_its_parts()
    {
        Assert.Equal(new Gas(1_400), new GasCharge("", new Gas(400), Gas.Of(1)).Total);
        Assert.Equal(Gas.Unpayable, new GasCharge("", Gas.Unpayable, Gas.Of(1)).Total);
    }

    [Fact]
    public void A_linear_price_stops_at_the_end()
    {
        LinearPrice price = new(Gas.Of(146_200), Gas.Of(75));
        Assert.Equal(Gas.Of(146_275), price.Apply(1));
        Assert.Equal(Gas.Unpayable, price.Apply(ulong.MaxValue));
    }

    private static long Cut(BigInteger milligas) =>
        (long)BigInteger.Clamp(milligas, long.MinValue, long.MaxValue);
}
