using CsCheck;

namespace Filecoin.Vm.Tests;

/// <summary>The meter: gas-schedule 2.</summary>
public sealed class GasTrackerTests
{
    private const string Seed = "0000000000000";
    private const int Runs = 10_000;

    [Fact]
    public void All_of_the_limit_may_be_used_and_no_more()
    {
        GasTracker tracker = new(Gas.Of(20), isTracing: false);
        Assert.True(tracker.TryCharge(Gas.Of(15)));
        Assert.Equal(Gas.Of(5), tracker.Available);
        Assert.True(tracker.TryCharge(Gas.Of(5)));
        Assert.Equal(Gas.Zero, tracker.Available);
        Assert.True(tracker.TryCharge(Gas.Zero));
        Assert.False(tracker.TryCharge(new Gas(1)));
        Assert.Equal(Gas.Of(20), tracker.Used);
    }

    [Fact]
    public void What_cannot_be_paid_uses_up_the_rest()
    {
        GasTracker tracker = new(Gas.Of(20), isTracing: false);
        Assert.False(tracker.TryCharge(new Gas(20_001)));
        Assert.Equal(Gas.Of(20), tracker.Used);
        Assert.Equal(Gas.Zero, tracker.Available);
    }

    [Fact]
    public void A_price_beyond_all_numbers_is_not_paid_by_the_largest_limit()
    {
        GasTracker tracker = new(Gas.Of(long.MaxValue), isTracing: false);
        GasCharge future = PriceList.For(NetworkVersion.V21).OnGetRandomness(-1);
        Assert.False(tracker.TryCharge(future));
        Assert.Equal(tracker.Limit, tracker.Used);
    }

    [Fact]
    public void Charging_throws_once_gas_has_run_out()
    {
        GasTracker tracker = new(Gas.Of(1), isTracing: true);
        tracker.Charge(new("first", Gas.Of(1), Gas.Zero));
        Assert.Throws<OutOfGasException>(
            () => tracker.Charge(new("second", Gas.Zero, new Gas(1))));
        Assert.Equal(["first", "second"], tracker.Charges!.Select(charge => charge.Name));
    }

    [Fact]
    public void A_refund_gives_gas_back_and_may_leave_less_than_nothing_used()
    {
        GasTracker tracker = new(Gas.Of(100), isTracing: false);
        Assert.True(tracker.TryCharge(PriceList.For(NetworkVersion.V17).OnDeleteActor()));
        Assert.Equal(Gas.Of(-98_800), tracker.Used);
        Assert.Equal(Gas.Of(98_900), tracker.Available);
        Assert.True(tracker.TryCharge(Gas.Of(98_900)));
        Assert.Equal(Gas.Of(100), tracker.Used);
        Assert.False(tracker.TryCharge(new Gas(1)));
    }

    [Fact]
    public void An_inner_limit_begins_anew_and_its_use_counts_outside()
    {
        GasTracker tracker = new(Gas.Of(100), isTracing: false);
        Assert.True(tracker.TryCharge(Gas.Of(10)));
        tracker.PushLimit(Gas.Of(30));
        Assert.Equal((Gas.Of(30), Gas.Zero), (tracker.Limit, tracker.Used));
        Assert.False(tracker.TryCharge(Gas.Of(31)));
        tracker.PopLimit();
        Assert.Equal((Gas.Of(100), Gas.Of(40)), (tracker.Limit, tracker.Used));
        Assert.True(tracker.TryCharge(Gas.Of(60)));
    }

    [Fact]
    public void An_inner_limit_is_no_more_than_what_is_left()
    {
        GasTracker tracker = new(Gas.Of(100), isTracing: false);
        Assert.True(tracker.TryCharge(Gas.Of(70)));
        tracker.PushLimit(Gas.Unpayable);
        Assert.Equal(Gas.Of(30), tracker.Limit);
        tracker.PushLimit(Gas.Of(20));
        Assert.True(tracker.TryCharge(Gas.Of(20)));
        tracker.PopLimit();
        Assert.Equal(Gas.Of(10), tracker.Available);
        tracker.PopLimit();
        Assert.Equal((Gas.Of(100), Gas.Of(90)), (tracker.Limit, tracker.Used));
    }

    [Fact]
    public void A_limit_that_was_not_pushed_cannot_be_popped() =>
        Assert.Throws<InvalidOperationException>(
            () => new GasTracker(Gas.Of(1), isTracing: false).PopLimit());

    [Fact]
    public void Charges_are_kept_in_order_with_the_free_and_the_failed()
    {
        GasTracker tracker = new(Gas.Of(10), isTracing: true);
        Assert.True(tracker.TryCharge(new GasCharge("paid", Gas.Of(4), Gas.Of(1))));
        Assert.True(tracker.TryCharge(PriceList.Free("free")));
        Assert.False(tracker.TryCharge(new GasCharge("failed", Gas.Of(6), Gas.Zero)));
        Assert.Equal(
            [
                new("paid", Gas.Of(4), Gas.Of(1)),
                new("free", Gas.Zero, Gas.Zero),
                new("failed", Gas.Of(6), Gas.Zero),
            ],
            tracker.Charges!);
    }

    [Fact]
    public void Charging_without_a_trace_allocates_nothing()
    {
        const int Charges = 1_000;
        GasTracker tracker = new(Gas.Of(long.MaxValue), isTracing: false);
        PriceList prices = PriceList.For(NetworkVersion.V28);
        tracker.Charge(prices.OnBlockOpen(200, 3));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Charges; i++)
        {
            tracker.Charge(prices.OnBlockOpen(200, 3));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Null(tracker.Charges);
    }

    [Fact]
    public void Any_charges_under_any_limits_are_metered_as_the_reference_does() =>
        Gen.Select(Gen.ULong[0, 5_000], Gen.Select(Gen.Int[0, 4], Gen.ULong[0, 2_000]).Array[0, 40])
            .Sample(
                (limit, steps) =>
                {
                    GasTracker plain = new(new((long)limit), isTracing: false);
                    GasTracker traced = new(new((long)limit), isTracing: true);
                    ReferenceTracker reference = new(limit);
                    foreach ((int action, ulong amount) in steps)
                    {
                        bool expected = reference.Step(action, amount);
                        Assert.Equal(expected, Step(plain, action, amount));
                        Assert.Equal(expected, Step(traced, action, amount));
                        Assert.Equal(reference.Used, (ulong)plain.Used.Milligas);
                        Assert.Equal(reference.Limit, (ulong)plain.Limit.Milligas);
                        Assert.Equal(plain.Used, traced.Used);
                    }
                },
                seed: Seed,
                iter: Runs,
                threads: 1);

    private static bool Step(GasTracker tracker, int action, ulong amount)
    {
        switch (action)
        {
            case ReferenceTracker.Push:
                tracker.PushLimit(new((long)amount));
                return true;
            case ReferenceTracker.Pop:
                return Record.Exception(tracker.PopLimit) is null;
            default:
                return tracker.TryCharge(new GasCharge("", new((long)amount), Gas.Zero));
        }
    }

    /// <summary>The rules as the reference writes them: used and limit without sign.</summary>
    private sealed class ReferenceTracker(ulong limit)
    {
        public const int Push = 0;
        public const int Pop = 1;

        private readonly List<(ulong Limit, ulong Used)> snapshots = [];

        public ulong Limit { get; private set; } = limit;

        public ulong Used { get; private set; }

        public bool Step(int action, ulong amount)
        {
            switch (action)
            {
                case Push:
                    snapshots.Add((Limit, Used));
                    (Limit, Used) = (ulong.Min(Limit - Used, amount), 0);
                    return true;
                case Pop when snapshots.Count == 0:
                    return false;
                case Pop:
                    (ulong outerLimit, ulong outerUsed) = snapshots[^1];
                    snapshots.RemoveAt(snapshots.Count - 1);
                    (Limit, Used) = (outerLimit, outerUsed + Used);
                    return true;
                default:
                    bool pays = Used + amount <= Limit;
                    Used = pays ? Used + amount : Limit;
                    return pays;
            }
        }
    }
}
