using CsCheck;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>
/// A miner's vesting funds, debts and deposits through 100,000 changes, against plain numbers.
/// </summary>
public sealed class LockedFundsModelTests
{
    private const int Steps = 200;
    private const int Sequences = 500;

    private enum Kind
    {
        Lock,
        LockMore,
        Unlock,
        Owe,
        OweFirst,
        Repay,
        RepayInPart,
        Pledge,
        Release,
        Deposit,
        Refund,
    }

    [Fact]
    public void They_are_the_plain_numbers_after_each_of_100_000_changes() =>
        Gen.Select(Gen.Enum<Kind>(), Gen.Long[0, 30_000], Gen.Long[1_000, 1_000_000])
            .Array[Steps].Sample(
            steps =>
            {
                Pair pair = new();
                foreach ((Kind kind, long passed, long amount) in steps)
                {
                    pair.Step(kind, passed, amount);
                    pair.Check();
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: Sequences);

    /// <summary>A state and the numbers that it must agree with.</summary>
    private sealed class Pair
    {
        private const long StepMax = 180;
        private const long Half = Epochs.InDay / 2;

        private readonly MemoryRuntime runtime = new();
        private readonly SortedDictionary<long, long> funds = [];
        private MinerState state;
        private long epoch = 1_000_000;
        private long balance = 2_000_000;
        private long debt;
        private long pledge;
        private long deposits;
        private long? usedUp;

        internal Pair() => state = MinerState.Create(
            runtime, info: default, periodStart: epoch - 777, deadlineIndex: 0);

        private long Locked => funds.Values.Sum();

        private long Unlocked => balance - Locked - pledge - deposits;

        internal void Step(Kind kind, long passed, long amount)
        {
            epoch += passed;
            usedUp = null;
            switch (kind)
            {
                case Kind.Lock or Kind.LockMore:
                    balance += amount;
                    Spread(amount);
                    Same(TakeDue(), state.AddLockedFunds(runtime, epoch, Atto(amount)));
                    break;
                case Kind.Unlock:
                    Same(TakeDue(), state.UnlockVested(runtime, epoch));
                    break;
                case Kind.Owe:
                    Owe(amount);
                    break;
                case Kind.OweFirst:
                    // Exactly what the first funds come to that are not due.
                    long first = funds.Where(pair => pair.Key >= epoch)
                        .Take((int)(amount % 4)).Sum(pair => pair.Value);
                    Owe(Math.Max(0, first - debt));
                    break;
                case Kind.Repay:
                    Repay();
                    break;
                case Kind.RepayInPart:
                    RepayInPart();
                    break;
                case Kind.Pledge or Kind.Deposit:
                    Put(kind, Math.Min(amount, Unlocked));
                    break;
                default:
                    Take(kind, amount);
                    break;
            }
        }

        /// <summary>What the numbers say, and what is said of every miner's funds.</summary>
        internal void Check()
        {
            Assert.True(funds.Select(pair => new VestingFund(pair.Key, Atto(pair.Value)))
                .SequenceEqual(state.VestingFunds.Load(runtime)));
            Same(Locked, state.LockedFunds);
            Same(debt, state.FeeDebt);
            Same(pledge, state.InitialPledge);
            Same(Unlocked, state.UnlockedBalance(Atto(balance)));
            Same(Unlocked - debt, state.AvailableBalance(Atto(balance)));
            state.RequireBalance(Atto(balance));
            if (usedUp is long key)
            {
                Assert.Equal(new VestingFund(key, default), state.VestingFunds.Table?.Head);
            }

            List<string> complaints = [];
            MinerInvariants.CheckBalances(
                state, Atto(balance), runtime.Memory, complaints);
            Assert.Empty(complaints);
        }

        private static TokenAmount Atto(long amount) => TokenAmount.FromAtto(amount);

        private static void Same(long expected, TokenAmount actual) =>
            Assert.Equal(Atto(expected), actual);

        /// <summary>
        /// 180 days in daily steps, at half days of the proving period, each step rounded down.
        /// </summary>
        private void Spread(long amount)
        {
            long period = StepMax * Epochs.InDay;
            long vested = 0;
            for (long step = 1; vested < amount; step++)
            {
                long at = epoch + (step * Epochs.InDay);
                while ((at - state.ProvingPeriodStart) % Half != 0)
                {
                    at++;
                }

                long target = amount * Math.Min(at - epoch, period) / period;
                funds[at] = funds.GetValueOrDefault(at) + target - vested;
                vested = target;
            }
        }

        private long TakeDue()
        {
            long sum = 0;
            foreach (long key in funds.Keys.Where(key => key < epoch).ToArray())
            {
                sum += funds[key];
                funds.Remove(key);
            }

            return sum;
        }

        private long TakeFirst(long target)
        {
            long taken = 0;
            foreach (long key in funds.Keys.ToArray())
            {
                long part = Math.Min(target - taken, funds[key]);
                taken += part;
                funds[key] -= part;
                if (funds[key] == 0)
                {
                    funds.Remove(key);
                }

                if (taken == target)
                {
                    // A fund that is just used up stays as the first, with nothing in it.
                    usedUp = funds.ContainsKey(key) ? null : key;
                    break;
                }
            }

            return taken;
        }

        private void Owe(long amount)
        {
            debt += amount;
            state.AddDebt(Atto(amount));
        }

        private void Repay()
        {
            if (Unlocked < debt)
            {
                MinerState copy = state;
                Assert.Equal(
                    ExitCode.UserInsufficientFunds,
                    Assert.Throws<ActorAbortException>(
                        () => copy.RepayDebts(Atto(balance))).ExitCode);
                return;
            }

            Same(debt, state.RepayDebts(Atto(balance)));
            balance -= debt;
            debt = 0;
        }

        private void RepayInPart()
        {
            long forced = debt == 0 || Locked == 0 ? 0 : TakeDue() + TakeFirst(debt);
            (TokenAmount toBurn, TokenAmount unlocked) =
                state.RepayPartially(runtime, epoch, Atto(balance));
            Same(forced, unlocked);
            long burnt = Math.Min(Unlocked, debt);
            Same(burnt, toBurn);
            balance -= burnt;
            debt -= burnt;
        }

        private void Put(Kind kind, long amount)
        {
            if (kind == Kind.Pledge)
            {
                pledge += amount;
                state.AddInitialPledge(Atto(amount));
            }
            else
            {
                deposits += amount;
                state.AddPreCommitDeposit(Atto(amount));
            }
        }

        /// <summary>Takes back what is pledged or deposited; not more than there is.</summary>
        private void Take(Kind kind, long amount)
        {
            MinerState copy = state;
            Action<TokenAmount> add = kind == Kind.Release
                ? copy.AddInitialPledge
                : copy.AddPreCommitDeposit;
            long held = kind == Kind.Release ? pledge : deposits;
            Assert.Equal(
                ExitCode.UserIllegalState,
                Assert.Throws<ActorAbortException>(() => add(Atto(-held - 1))).ExitCode);
            Put(kind == Kind.Release ? Kind.Pledge : Kind.Deposit, -Math.Min(amount, held));
        }
    }
}
