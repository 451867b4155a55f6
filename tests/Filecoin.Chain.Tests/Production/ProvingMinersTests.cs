using Filecoin.Actors.Miner;

namespace Filecoin.Chain.Tests.Production;

public sealed class ProvingMinersTests : IDisposable
{
    private const int Period = 2_880;
    private const long SectorBytes = 32L << 30;

    private static readonly ActorId First = GenesisState.FirstLater;
    private static readonly ActorId Second = new(GenesisState.FirstLater.Value + 1);

    private static readonly MethodNumber DeclareFaultsRecovered = new(11);
    private static readonly MethodNumber SubmitWindowedPost = new(5);

    private readonly TestWallet[] workers = [TestWallet.BlsKey(1), TestWallet.BlsKey(2)];
    private readonly List<string> log = [];
    private MemoryOrderedStore store = new();
    private Blockchain chain;
    private BlockProducer producer;

    public ProvingMinersTests() => (chain, producer) = Start(3, 4);

    public void Dispose() => store.Dispose();

    /// <summary>A network with two miners, which pays for instructions as a devnet does.</summary>
    private (Blockchain Chain, BlockProducer Producer) Start(params int[] sectors)
    {
        store = new();
        return Open(sectors);
    }

    /// <summary>Opens the network in the store, which makes it if it is empty.</summary>
    private (Blockchain Chain, BlockProducer Producer) Open(params int[] sectors)
    {
        NativeActors actors = NativeMachines.WithEstimates();
        Blockchain started = Blockchain.Open(new()
        {
            Store = store,
            MinerCount = sectors.Length,
            Machines = (config, context, blocks, externs) => new(
                config, context, blocks, new ActorCode(cache: null), externs,
                new SimulatedProofs(), actors),
            BuildGenesis = new GenesisState
            {
                Accounts =
                [
                    .. workers.Select(worker => new GenesisAccount(
                        worker.Address, TokenAmount.FromFil(20_010))),
                ],
                Miners =
                [
                    .. workers.Zip(sectors, (worker, count) => new GenesisMiner(
                        worker.Address, count, GenesisMiner.UsualBalance)),
                ],
            }.Build,
            GenesisTimestamp = 1_700_000_000,
        });
        return (started, new(started, () => 0)
        {
            Mode = ProductionMode.Manual,
            Proving = new(started, FindSigner, log.Add),
        });
    }

    private Func<Message, SignedMessage>? FindSigner(Address key) =>
        Array.Find(workers, worker => worker.Address == key) is TestWallet found
            ? found.Sign
            : null;

    private long PowerOf(ActorId miner) => new StateOf(chain).PowerOf(miner);

    [Fact]
    public void Sectors_keep_their_power_epoch_by_epoch()
    {
        producer.MineMany(3 * Period);

        Assert.Equal(3 * SectorBytes, PowerOf(First));
        Assert.Equal(4 * SectorBytes, PowerOf(Second));
        Assert.Empty(log);
    }

    [Fact]
    public void Sectors_keep_their_power_over_half_a_year_at_once()
    {
        TokenAmount total = new StateOf(chain).Total;

        _ = producer.Mine(nullRounds: (180 * Period) - 1);

        Assert.Equal(180 * Period, chain.Head.Epoch.Value);
        Assert.Equal(3 * SectorBytes, PowerOf(First));
        Assert.Equal(4 * SectorBytes, PowerOf(Second));
        Assert.Empty(log);
        Assert.Empty(new StateOf(chain).Complaints(total));
    }

    [Fact]
    public void A_stretch_with_proofs_ends_where_its_epochs_do_one_by_one()
    {
        _ = producer.Mine(nullRounds: Period);

        int proofs = 0;
        for (Tipset at = chain.Head; at.Epoch.Value > 0; at = ParentOf(at))
        {
            // A traced run has cron itself do all that it does.
            TipsetOutcome outcome = chain.Replay(at, isTracing: true);

            Assert.True(chain.Store.TryGetRecord(at, out TipsetRecord? record));
            Assert.Equal(record.StateRoot, outcome.StateRoot);
            Assert.All(outcome.Messages, applied =>
                Assert.True(applied.Result.Receipt.ExitCode.IsSuccess));
            proofs += outcome.Messages.Count;
        }

        Assert.Equal(2, proofs);
    }

    [Fact]
    public void A_miner_that_is_proven_no_longer_finds_its_sectors_faulty()
    {
        producer.Proving.Set(First, false);

        _ = producer.Mine(nullRounds: Period);

        Assert.Equal(0, PowerOf(First));
        Assert.Equal(4 * SectorBytes, PowerOf(Second));
    }

    [Fact]
    public void All_sectors_of_a_partition_are_proven_again_that_are_declared_recovered()
    {
        const int sectors = 2_349;
        (chain, producer) = Start(sectors, 0);
        producer.Proving.Set(First, false);
        _ = producer.Mine(nullRounds: Period);
        producer.Proving.Set(First, true);
        _ = producer.Mine(nullRounds: Period);
        Assert.Equal(0, PowerOf(First));

        Submit(First, DeclareFaultsRecovered, Cbor.Encode(new SectorDeclarationsParams(
            [new(WindowOf(First).Index, 0, BitField.OfRange(0, sectors))])));
        _ = producer.Mine();
        _ = producer.Mine(nullRounds: Period);

        Assert.Equal(sectors * SectorBytes, PowerOf(First));
        Assert.Empty(log);
    }

    [Fact]
    public void Messages_of_a_worker_in_the_same_block_come_before_its_proof()
    {
        GoTo(WindowOf(First).Open - 1);
        Submit(Second, MethodNumber.Send, default);
        Submit(Second, MethodNumber.Send, default);

        TipsetOutcome outcome = producer.Mine();

        Assert.Equal(
            [MethodNumber.Send, MethodNumber.Send, SubmitWindowedPost],
            outcome.Messages.Select(applied => applied.Message.Message.Method));
        Assert.All(outcome.Messages, applied =>
            Assert.True(applied.Result.Receipt.ExitCode.IsSuccess));
        Assert.Empty(log);
    }

    [Fact]
    public void A_worker_that_cannot_pay_is_named()
    {
        GoTo(WindowOf(First).Open - 1);
        producer.SetNextBaseFee(TokenAmount.FromFil(1));

        TipsetOutcome outcome = producer.Mine();

        Assert.Empty(outcome.Messages);
        Assert.Equal(
            $"proof of t01000, deadline {WindowOf(First).Index}: its worker"
                + $" {workers[0].Address.ToTestnetString()}"
                + " cannot pay for the gas",
            Assert.Single(log));
    }

    [Fact]
    public void A_worker_whose_key_is_not_at_hand_is_named()
    {
        GoTo(WindowOf(First).Open - 1);
        producer = new(chain, () => 0)
        {
            Proving = new(chain, static _ => null, log.Add),
        };

        TipsetOutcome outcome = producer.Mine();

        Assert.Empty(outcome.Messages);
        MinerInfo info = chain.Store.Blocks.GetCbor<MinerInfo>(
            new StateOf(chain).Load<MinerState>(First).Info);
        Assert.Equal(
            $"proof of t01000, deadline {WindowOf(First).Index}: no key of its worker,"
                + $" {info.Worker.ToTestnetString()}",
            Assert.Single(log));
    }

    [Fact]
    public void A_proof_that_fails_is_named()
    {
        GoTo(WindowOf(First).Open - 1);
        Message proof = Assert.Single(producer.Mine().Messages).Message.Message;
        producer.Rollback(1);

        // The worker is faster: what the node sends behind it in the block comes too late.
        Submit(First, proof.Method, proof.Parameters);
        TipsetOutcome outcome = producer.Mine();

        Assert.Equal(
            [true, false],
            outcome.Messages.Select(applied => applied.Result.Receipt.ExitCode.IsSuccess));
        Assert.StartsWith(
            $"proof of t01000, deadline {WindowOf(First).Index}: failed: 16 USR_ILLEGAL_ARGUMENT",
            Assert.Single(log),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Which_miners_are_proven_is_kept_with_the_chain()
    {
        producer.Proving.Set(First, false);
        producer.Proving.Set(new(2_000), true);
        (chain, producer) = Open(3, 4);

        _ = producer.Mine(nullRounds: Period);

        Assert.Equal([Second, new(2_000)], chain.Store.LoadMiners().Proven.Span.ToArray());
        Assert.Equal(0, PowerOf(First));
        Assert.Equal(4 * SectorBytes, PowerOf(Second));
    }

    [Fact]
    public void Messages_that_wait_and_the_time_of_the_next_block_are_those_of_the_first_proof()
    {
        Submit(Second, MethodNumber.Send, default);
        ulong time = chain.Head.Timestamp + 1_000_000;
        Assert.True(producer.SetNextTimestamp(time));

        _ = producer.Mine(nullRounds: Period);

        Tipset first = chain.Head;
        while (ParentOf(first) is { Epoch.Value: > 0 } parent)
        {
            first = parent;
        }

        Assert.InRange(first.Epoch.Value, 1, Period - 1);
        Assert.Equal(time, first.Timestamp);
        Assert.Equal(
            MethodNumber.Send, chain.Replay(first).Messages[0].Message.Message.Method);
        Assert.Equal(0, chain.Pool.Count);
    }

    [Fact]
    public void A_stretch_that_ends_within_a_window_has_it_proven()
    {
        DeadlineInfo window = WindowOf(First);

        GoTo(window.Open + 1);

        Assert.Equal(window.Open + 1, chain.Head.Epoch.Value);
        AppliedMessage proof = Assert.Single(
            chain.Replay(chain.Head).Messages,
            applied => applied.Message.Message.To == Address.FromId(First));
        Assert.True(proof.Result.Receipt.ExitCode.IsSuccess);
        GoTo(window.Close + 1);
        Assert.Equal(3 * SectorBytes, PowerOf(First));
    }

    private void GoTo(long epoch) =>
        _ = producer.Mine(nullRounds: epoch - chain.Head.Epoch.Value - 1);

    /// <summary>Has the first miner's worker send a message.</summary>
    private void Submit(ActorId target, MethodNumber method, ReadOnlyMemory<byte> parameters)
    {
        Message message = new(
            0, Address.FromId(target), workers[0].Address,
            chain.Pool.NextNonce(workers[0].Address), TokenAmount.Zero, 2_000_000_000,
            TokenAmount.FromAtto(1_000_000_000), TokenAmount.Zero, method, parameters);
        Assert.True(producer.Submit(workers[0].Sign(message)).IsAccepted);
    }

    /// <summary>The next window of the one deadline with sectors.</summary>
    private DeadlineInfo WindowOf(ActorId miner)
    {
        MinerState state = new StateOf(chain).Load<MinerState>(miner);
        DeadlineTable table = chain.Store.Blocks.GetCbor<DeadlineTable>(state.Deadlines);
        ulong index = (ulong)table.Due.Span.ToArray().ToList().FindIndex(root =>
            chain.Store.Blocks.GetCbor<Deadline>(root).LiveSectors > 0);
        long next = chain.Head.Epoch.Value + 1;
        return DeadlineInfo.At(state.DeadlineAt(next).PeriodStart, index, next)
            .NextNotElapsed();
    }

    private Tipset ParentOf(Tipset tipset)
    {
        Assert.True(chain.Store.TryGetTipset(tipset.Parents, out Tipset? parent));
        return parent;
    }
}
