using System.Numerics;
using CsCheck;

namespace Filecoin.Actors.Reward.Tests;

/// <summary>Numbers of the reward actor.</summary>
/// <remarks>
/// Values: the table at the end of the specification's actors/reward, computed independently and
/// held there against builtin-actors v18.0.0, actors/reward/testdata.
/// </remarks>
public sealed class RewardStateTests
{
    [Fact]
    public void The_first_epochs_without_power()
    {
        RewardState state = RewardState.Create(0);
        Assert.Equal("36266264293777134739", state.ThisEpochReward.ToString());
        Assert.Equal("2888888879999999999", state.ThisEpochBaselinePower.ToString());
        Assert.Equal(0, state.Epoch);
        Assert.Equal(
            "12340768897043811082913117521041414330876498465539749838848",
            state.ThisEpochRewardSmoothed.Position.ToString());
        Assert.Equal(
            "-37396269384748225153347462373739139597454335279104",
            state.ThisEpochRewardSmoothed.Velocity.ToString());

        Tick(ref state, 0, 0);
        Assert.Equal("36266260308195979333", state.ThisEpochReward.ToString());
        Assert.Equal(1, state.Epoch);
        Assert.Equal(
            "12340768859682133116633185207693951957137358868085414559744",
            state.ThisEpochRewardSmoothed.Position.ToString());
        Assert.Equal(
            "-37396258764217853067736562373739139597454335279104",
            state.ThisEpochRewardSmoothed.Velocity.ToString());

        Tick(ref state, 0, 3);
        Assert.Equal("36266248351455141154", state.ThisEpochReward.ToString());
        Assert.Equal(4, state.Epoch);
        Assert.Equal("2888896499588367083", state.ThisEpochBaselinePower.ToString());
        Assert.Equal(
            "12340768743868186725214540435536453574279483749048721553183",
            state.ThisEpochRewardSmoothed.Position.ToString());
        Assert.Equal(
            "-37396629773665116239407985758090291861468669351409",
            state.ThisEpochRewardSmoothed.Velocity.ToString());
    }

    [Fact]
    public void The_first_epoch_with_10_TiB()
    {
        RewardState state = RewardState.Create(10_995_116_277_760);
        Assert.Equal("36266586362303840258", state.ThisEpochReward.ToString());
        Assert.Equal("2888890784895207676", state.CumulativeBaseline.ToString());
        Assert.Equal("10995116277760", state.CumulativeRealized.ToString());
        Assert.Equal(1, state.EffectiveNetworkTime);
    }

    [Fact]
    public void Power_above_the_baseline_counts_up_to_it()
    {
        BigInteger power = 2 * RewardMath.BaselineInitial;
        RewardState state = RewardState.Create(power);
        Tick(ref state, power, 0);
        Tick(ref state, power, 3);
        Assert.Equal("120887429407249775102", state.ThisEpochReward.ToString());
        Assert.Equal("14444472973453236408", state.CumulativeBaseline.ToString());
        Assert.Equal("14444463448964637387", state.CumulativeRealized.ToString());
        Assert.Equal(5, state.EffectiveNetworkTime);
    }

    [Fact]
    public void The_filter_rounds_down_below_zero()
    {
        FilterEstimate before = new(
            BigInteger.Parse("12340768897043811082913117521041414330876498465539749838848"),
            BigInteger.Parse("-37396269384748225153347462373739139597454335279104"));

        FilterEstimate after = before.Next(BigInteger.Parse("36266252337034982540"), 3);

        Assert.Equal(
            "12340768782449774548722755900999027209659079673176744001536",
            after.Position.ToString());
        Assert.Equal(
            "-37396515542149801792802995707072472930787668612438", after.Velocity.ToString());
    }

    /// <summary>With epochs as the reference has them, of 128 bits behind the point.</summary>
    [Fact]
    public void The_filter_rounds_as_one_whose_epochs_are_fractions()
    {
        BigInteger alpha = BigInteger.Parse("314760000000000000000000000000000000");
        BigInteger beta = BigInteger.Parse("96640100000000000000000000000000");
        Random random = new(19);
        for (int i = 0; i < 20_000; i++)
        {
            FilterEstimate before = new(Signed(random, 26), Signed(random, 22));
            BigInteger observed = Signed(random, 12);
            long epochs = i % 2 == 0 ? 1 : 1 + random.Next(3_000);

            BigInteger passed = (BigInteger)epochs << 128;
            BigInteger expected = ((passed * before.Velocity) >> 128) + before.Position;
            BigInteger residual = (observed << 128) - expected;
            Assert.Equal(
                new FilterEstimate(
                    expected + ((alpha * residual) >> 128),
                    FixedPoint.DivideFloor(residual * beta, passed) + before.Velocity),
                before.Next(observed, epochs));
        }
    }

    private static BigInteger Signed(Random random, int bytesMax)
    {
        byte[] bytes = new byte[random.Next(bytesMax + 1)];
        random.NextBytes(bytes);
        return new(bytes);
    }

    [Fact]
    public void Constants_are_those_of_the_specification()
    {
        Assert.Equal("2888886975106048385", RewardMath.BaselineBefore.ToString());
        Assert.Equal(
            "36266264293777134739",
            RewardMath.Reward(
                0, 0, 0, TokenAmount.FromFil(330_000_000), TokenAmount.FromFil(770_000_000))
            .ToString());
    }

    [Fact]
    public void A_quotient_is_rounded_down_whatever_the_signs() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((dividend, number) =>
        {
            BigInteger divisor = number == 0 ? 1 : number;
            BigInteger quotient = FixedPoint.DivideFloor(dividend, divisor);
            BigInteger rest = dividend - (quotient * divisor);
            return rest.IsZero
                || (rest.Sign == divisor.Sign && BigInteger.Abs(rest) < BigInteger.Abs(divisor));
        });

    [Fact]
    public void Exponential_and_logarithm_undo_one_another()
    {
        // To 9 digits: both are quotients of polynomials.
        BigInteger one = BigInteger.One << FixedPoint.Precision;
        BigInteger tolerance = one / 1_000_000_000;
        for (int tenths = 1; tenths <= 6; tenths++)
        {
            BigInteger x = one * tenths / 10;
            BigInteger power = NegativeExponential.Of(x, FixedPoint.Precision);
            BigInteger back = FixedPoint.Ln((one * one) / power);
            Assert.InRange(back, x - tolerance, x + tolerance);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_sum_of_a_ratio_is_near_its_terms(bool divisorMoves)
    {
        FilterEstimate dividend = FilterEstimate.FromWhole(10_000, 10);
        FilterEstimate divisor = FilterEstimate.FromWhole(1_000, divisorMoves ? 1 : 0);
        decimal expected = 0;
        for (int epoch = 0; epoch < 100; epoch++)
        {
            decimal middle = epoch + 0.5m;
            expected += (10_000 + (10 * middle)) / (1_000 + (divisorMoves ? middle : 0));
        }

        BigInteger sum = FilterEstimate.SumOfRatio(100, 0, dividend, divisor);

        decimal actual = (decimal)((sum * 1_000_000) >> FixedPoint.Precision) / 1_000_000;
        Assert.InRange(actual, expected - 0.001m, expected + 0.001m);
    }

    private static void Tick(ref RewardState state, BigInteger power, long epoch)
    {
        long before = state.Epoch;
        while (state.Epoch < epoch)
        {
            state.Advance(power);
        }

        state.AdvanceWithReward(power);
        state.Smooth(state.Epoch - before);
    }
}
