using Filecoin.Actors.Miner;
using Filecoin.Actors.Storage;

namespace Filecoin.Chain.Tests.Execution;

public sealed class QuietMinerTests
{
    private readonly BatchBlockstore blocks;
    private readonly ActorState actor;
    private readonly long epoch;
    private MinerState state;

    public QuietMinerTests()
    {
        TestWallet owner = TestWallet.BlsKey(1);
        Blockchain chain = NativeNetwork.Start(new GenesisState
        {
            Accounts = [new(owner.Address, TokenAmount.FromFil(50_000))],
            Miners = [new(owner.Address, 1, GenesisMiner.UsualBalance)],
        });
        blocks = new(chain.Store.Blocks);
        actor = new StateOf(chain).Actor(GenesisState.FirstLater);
        state = blocks.GetCbor<MinerState>(actor.State);
        epoch = state.DeadlineAt(1).Last;
    }

    private bool IsQuietAt(long closing) => new QuietMiner(
        blocks, actor with { State = blocks.PutCbor(state) }).IsQuietAt(closing);

    [Fact]
    public void Where_nothing_happens_the_next_deadline_comes()
    {
        QuietMiner miner = new(blocks, actor);
        Assert.True(miner.IsQuietAt(epoch));
        Assert.False(miner.IsChanged);

        miner.Close(epoch);

        Assert.True(miner.IsChanged);
        Assert.Equal(
            state with { CurrentDeadline = state.DeadlineAt(epoch + 1).Index }, miner.State);
    }

    [Fact]
    public void After_the_last_deadline_a_period_begins()
    {
        QuietMiner miner = new(blocks, actor);
        long last = state.DeadlineAt(1).PeriodStart + StoragePolicy.ProvingPeriod - 1;

        miner.Close(last);

        Assert.Equal(0UL, miner.State.CurrentDeadline);
        Assert.Equal(last + 1, miner.State.ProvingPeriodStart);
    }

    [Fact]
    public void A_deadline_with_sectors_is_not_quiet()
    {
        DeadlineTable table = blocks.GetCbor<DeadlineTable>(state.Deadlines);
        List<bool> areQuiet = [];
        for (ulong index = 0; index < StoragePolicy.PeriodDeadlines; index++)
        {
            long start = state.DeadlineAt(1).PeriodStart;
            areQuiet.Add(IsQuietAt(
                DeadlineInfo.At(start, index, epoch).Last + StoragePolicy.ProvingPeriod));
        }

        Assert.Equal(
            [.. table.Due.Span.ToArray().Select(
                root => blocks.GetCbor<Deadline>(root).LiveSectors == 0)],
            areQuiet);
        Assert.Single(areQuiet, isQuiet => !isQuiet);
    }

    [Fact]
    public void Funds_are_unlocked_after_their_epoch()
    {
        state.LockedFunds = TokenAmount.FromAtto(5);
        state.VestingFunds = new(new VestingTable(new(epoch, state.LockedFunds), state.Info));
        Assert.True(IsQuietAt(epoch));

        state.VestingFunds = new(new VestingTable(new(epoch - 1, state.LockedFunds), state.Info));
        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void Promises_of_sectors_are_dropped_at_their_epoch()
    {
        state.PreCommittedSectorsCleanup = QueueOf(epoch + 1);
        Assert.True(IsQuietAt(epoch));

        state.PreCommittedSectorsCleanup = QueueOf(epoch);
        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void A_worker_comes_at_its_epoch()
    {
        MinerInfo info = blocks.GetCbor<MinerInfo>(state.Info);
        Address worker = Address.FromId(new(101));
        state.Info = blocks.PutCbor(info with { PendingWorkerKey = new(worker, epoch + 1) });
        Assert.True(IsQuietAt(epoch));

        state.Info = blocks.PutCbor(info with { PendingWorkerKey = new(worker, epoch) });
        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void A_debt_is_paid()
    {
        state.FeeDebt = TokenAmount.FromAtto(1);

        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void Sectors_that_ended_early_are_paid_for()
    {
        state.EarlyTerminations = BitField.OfRange(3, 4);

        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void A_miner_that_has_nothing_rests()
    {
        state.InitialPledge = TokenAmount.Zero;
        state.LockedFunds = TokenAmount.Zero;

        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void What_is_locked_must_be_there()
    {
        state.InitialPledge = actor.Balance - state.LockedFunds;
        Assert.True(IsQuietAt(epoch));

        state.InitialPledge += TokenAmount.FromAtto(1);
        Assert.False(IsQuietAt(epoch));
    }

    [Fact]
    public void A_block_that_cannot_be_read_is_left_to_cron()
    {
        state.PreCommittedSectors = state.Info;
        Assert.Throws<IpldException>(() => IsQuietAt(epoch));
    }

    private Cid QueueOf(long due)
    {
        Amt<BitField> queue = new(blocks, bitWidth: 6);
        queue.Set((ulong)due, BitField.OfRange(1, 1));
        return queue.Flush();
    }
}
