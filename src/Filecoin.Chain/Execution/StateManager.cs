namespace Filecoin.Chain;

/// <summary>Executes tipsets: their messages in order, rewards, cron.</summary>
/// <remarks>
/// Spec: message-execution 14; lotus chain/consensus/compute_state.go. Nothing is kept: blocks go
/// to the store that is given, and one tipset on one state always gives the same.
/// </remarks>
public sealed class StateManager(NetworkParameters network, MachineFactory machines)
{
    private const long RewardGas = 1 << 30;
    private const int CronBlocks = 10_000;
    private const int TicksKept = 1_000;

    private static readonly MethodNumber AwardBlockReward = new(2);
    private static readonly MethodNumber EpochTick = new(2);
    private static readonly Address System = Address.FromId(WellKnownActors.System);

    private readonly NetworkConfig config =
        NetworkConfig.For(network.Version) with
        {
            ChainId = network.ChainId,
            ContractsMaySend = network.ContractsMaySend,
        };

    private readonly Func<StateTree, ChainEpoch, TokenAmount> supply =
        (state, epoch) => network.Supply(state, epoch);

    /// <summary>Executes a tipset.</summary>
    /// <param name="execution">Where it starts from.</param>
    /// <param name="blocks">Blocks of the state, where new ones go as well.</param>
    /// <param name="externs">The chain as the tipset sees it.</param>
    /// <exception cref="TipsetRefusedException">It cannot be part of a chain.</exception>
    public TipsetOutcome Execute(
        TipsetExecution execution, IBlockstore blocks, IExterns externs) =>
        ExecutorThread.Run(() => new Run(this, execution, blocks, externs).Execute());

    /// <summary>Opens a machine on a state, for calls that change nothing.</summary>
    /// <param name="context">The epoch; its supply is reckoned here.</param>
    /// <param name="blocks">Where the state is, above which new blocks are kept.</param>
    /// <param name="externs">The chain as it is seen.</param>
    public Machine Open(MachineContext context, IBlockstore blocks, IExterns externs) =>
        machines(config, context with { SupplyRule = supply }, blocks, externs);

    /// <summary>One execution.</summary>
    private sealed class Run(
        StateManager manager, TipsetExecution tipset, IBlockstore blocks, IExterns externs)
    {
        private readonly List<AppliedMessage> applied = [];
        private readonly List<ImplicitMessage> implicits = [];
        private Executor executor =
            Open(manager, tipset, tipset.StateRoot, blocks, externs);

        private QuietCron? quiet;
        private int ticks;

        public TipsetOutcome Execute()
        {
            for (long epoch = tipset.ParentEpoch.Value + 1; epoch < tipset.Epoch.Value; epoch++)
            {
                EndEpoch(new(epoch));
            }

            SaveQuiet();
            executor.Machine.MoveTo(tipset.Epoch, tipset.Timestamp);
            MessageOrder order = new(executor.Machine.State);
            foreach (FullBlock block in tipset.Blocks)
            {
                Apply(block, order);
            }

            EndEpoch(tipset.Epoch);
            SaveQuiet();
            return new()
            {
                ReceiptsRoot = PutReceipts(),
                StateRoot = executor.Flush(),
                Messages = applied,
                Implicit = implicits,
            };
        }

        private static Executor Open(
            StateManager manager,
            TipsetExecution tipset,
            Cid state,
            IBlockstore blocks,
            IExterns externs) => new(manager.Open(
            new()
            {
                Epoch = tipset.ParentEpoch,
                StateRoot = state,
                BaseFee = tipset.BaseFee,
                CirculatingSupply = TokenAmount.Zero,
                Timestamp = tipset.ParentTimestamp,
                IsTracing = tipset.IsTracing,
            },
            blocks,
            externs));

        /// <summary>
        /// An epoch without tipset has the time that it would have had, but none after the
        /// tipset's own.
        /// </summary>
        private ulong TimeOf(ChainEpoch epoch) => epoch == tipset.Epoch
            ? tipset.Timestamp
            : ulong.Min(
                tipset.Timestamp,
                tipset.ParentTimestamp + ((ulong)(epoch.Value - tipset.ParentEpoch.Value)
                    * manager.Network.EpochSeconds));

        private void Apply(FullBlock block, MessageOrder order)
        {
            TokenAmount tips = TokenAmount.Zero;
            TokenAmount penalties = TokenAmount.Zero;
            foreach (ChainMessage message in block.Messages)
            {
                if (!order.Takes(message.Message))
                {
                    continue;
                }

                executor.Machine.Observer = tipset.Observers?.Invoke(applied.Count);
                bool keepsStates = tipset.KeepsStates && executor.Machine.Observer is not null;
                Cid? before = keepsStates ? executor.Flush() : null;
                ApplyResult result = Apply(message);
                applied.Add(new(message, result)
                {
                    States = before is Cid root ? (root, executor.Flush()) : null,
                });
                tips += result.Gas.MinerTip;
                penalties += result.Gas.MinerPenalty;
            }

            executor.Machine.Observer = null;
            Reward(block.Header, penalties, tips);
        }

        private ApplyResult Apply(ChainMessage message)
        {
            try
            {
                return executor.Apply(
                    message.Message, ApplyKind.Explicit, message.Bytes.Length);
            }
            catch (MessageRefusedException refusal)
            {
                throw new TipsetRefusedException(message, refusal);
            }
        }

        private void Reward(BlockHeader header, TokenAmount penalties, TokenAmount tips)
        {
            AwardBlockRewardParams award = new(
                header.Miner, penalties, tips, header.ElectionProof?.WinCount ?? 0);
            ApplyProtocol(tipset.Epoch, "reward", Implicit(
                WellKnownActors.Reward, AwardBlockReward, RewardGas, Cbor.Encode(award),
                tipset.Epoch));
        }

        /// <summary>Runs cron, or what it comes to where nothing is due and nobody looks.</summary>
        private void EndEpoch(ChainEpoch epoch)
        {
            Machine machine = executor.Machine;
            if (!tipset.IsTracing
                && (quiet is not null
                    || QuietCron.TryOpen(machine.State, machine.Store, out quiet))
                && quiet.TryPass(epoch))
            {
                return;
            }

            SaveQuiet();
            machine.MoveTo(epoch, TimeOf(epoch));
            Tick(epoch);
            if (++ticks % TicksKept == 0)
            {
                // Blocks that later ticks have replaced stay behind with the old machine.
                executor = Open(manager, tipset, executor.Flush(), blocks, externs);
            }
        }

        /// <summary>Writes what quiet epochs have changed; messages may run then.</summary>
        private void SaveQuiet()
        {
            quiet?.Save();
            quiet = null;
        }

        private void Tick(ChainEpoch epoch) =>
            ApplyProtocol(epoch, "cron", Implicit(
                WellKnownActors.Cron, EpochTick, manager.Network.BlockGasMax * CronBlocks,
                default, epoch));

        private void ApplyProtocol(ChainEpoch epoch, string what, Message message)
        {
            ApplyResult result = executor.Apply(message, ApplyKind.Implicit, 0);
            implicits.Add(new(epoch, message, result));
            if (!result.Receipt.ExitCode.IsSuccess)
            {
                throw new TipsetRefusedException(
                    $"{what} of epoch {epoch}: {result.Receipt.ExitCode} {result.Failure}");
            }
        }

        private static Message Implicit(
            ActorId receiver,
            MethodNumber method,
            long gas,
            ReadOnlyMemory<byte> parameters,
            ChainEpoch epoch) => new(
                0, Address.FromId(receiver), System, (ulong)epoch.Value, TokenAmount.Zero,
                (ulong)gas, TokenAmount.Zero, TokenAmount.Zero, method, parameters);

        private Cid PutReceipts()
        {
            Amt<RawCbor> receipts = new(blocks, format: AmtFormat.V0);
            for (int i = 0; i < applied.Count; i++)
            {
                ApplyResult result = applied[i].Result;
                receipts.Set((ulong)i, new(result.Receipt.Encode(manager.Network.Version)));
                blocks.PutAll(result.EventBlocks);
            }

            return receipts.Flush();
        }
    }

    private NetworkParameters Network => network;
}

/// <summary>Parameters of the reward actor's method that the protocol calls.</summary>
/// <remarks>Spec: actors/reward, AwardBlockReward.</remarks>
[CborTuple]
internal sealed partial record AwardBlockRewardParams(
    Address Miner, TokenAmount Penalty, TokenAmount GasReward, long WinCount);

/// <summary>The events of a message as the chain keeps them.</summary>
/// <remarks>Spec: message-execution 10.</remarks>
public static class EventTree
{
    /// <summary>Reads the events under a receipt's root.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public static IReadOnlyList<StampedEvent> Load(IBlockstore blocks, Cid root)
    {
        List<StampedEvent> events = [];
        Amt<StampedEvent>.Load(blocks, root).ForEach((_, stamped) => events.Add(stamped));
        return events;
    }
}
