using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;
using Filecoin.Actors.Storage;

namespace Filecoin.Chain;

/// <summary>
/// The part of genesis that actors make themselves, by messages of the protocol at epoch 0: the
/// storage actors, miners and their sectors.
/// </summary>
/// <remarks>
/// Spec: storage-flows 14; lotus chain/gen/genesis/miners.go. Power and rewards count as none
/// while sectors are set up, so that each is pledged one attoFIL and has no daily fee.
/// </remarks>
internal sealed class StorageGenesis(
    MachineFactory machines, NetworkParameters network, IBlockstore blocks)
{
    private const ulong Gas = 1UL << 50;
    private const int BatchMax = 64;
    private const long LifePeriods = 1_277;
    private const long BeforeGenesis = -1;

    private static readonly MethodNumber Constructor = new(1);
    private static readonly MethodNumber CreateMiner = new(2);
    private static readonly MethodNumber UpdateClaimedPower = new(3);
    private static readonly MethodNumber InternalSectorSetupForPreseal = new(17);
    private static readonly MethodNumber PreCommitSectorBatch = new(28);
    private static readonly Address System = Address.FromId(WellKnownActors.System);

    /// <summary>Adds all of it to a state whose storage actors have no state yet.</summary>
    /// <param name="root">The state.</param>
    /// <param name="registryRoot">Who names verifiers.</param>
    /// <param name="miners">The miners.</param>
    /// <returns>The state's new root.</returns>
    /// <exception cref="ArgumentException">A miner cannot be made so.</exception>
    public Cid Build(Cid root, Address registryRoot, IReadOnlyList<GenesisMiner> miners)
    {
        Executor executor = Open(root);
        Construct(executor, WellKnownActors.StoragePower, default);
        Construct(executor, WellKnownActors.StorageMarket, default);
        Construct(executor, WellKnownActors.VerifiedRegistry, Cbor.Encode(registryRoot));
        Construct(executor, WellKnownActors.DataCap, Cbor.Encode(
            Address.FromId(WellKnownActors.VerifiedRegistry)));
        List<ActorId> ids = miners.Select(miner => Make(executor, miner)).ToList();
        Cid made = executor.Flush();
        for (int i = 0; i < miners.Count; i++)
        {
            made = Fill(made, ids[i], miners[i]);
        }

        return miners.Count == 0 ? made : CountDeposits(made, ids);
    }

    private Executor Open(Cid root) => new(machines(
        NetworkConfig.For(network.Version) with { ChainId = network.ChainId },
        new()
        {
            Epoch = new(0),
            StateRoot = root,
            BaseFee = TokenAmount.Zero,
            CirculatingSupply = TokenAmount.Zero,
        },
        blocks,
        new NoChain()));

    private static void Construct(
        Executor executor, ActorId actor, ReadOnlyMemory<byte> parameters) =>
        Send(executor, System, Address.FromId(actor), Constructor, parameters);

    private static ActorId Make(Executor executor, GenesisMiner miner)
    {
        if (miner.Sectors < 0
            || !SectorProofs.TryGetWindowPost(miner.SealProof, out long windowPost))
        {
            throw new ArgumentException(
                $"miner of {miner.Owner}: {miner.Sectors} sectors, seal {miner.SealProof}");
        }

        ReadOnlyMemory<byte> made = Send(
            executor,
            miner.Owner,
            Address.FromId(WellKnownActors.StoragePower),
            CreateMiner,
            Cbor.Encode(new CreateMinerParams(miner.Owner, miner.Owner, windowPost, default, [])),
            miner.Balance);
        return Cbor.TryDecode<CreateMinerReturn>(made.Span, out CreateMinerReturn? maker, out _)
            && maker.IdAddress.TryGetId(out ActorId id)
                ? id
                : throw new FatalException("a miner without an id");
    }

    private Cid Fill(Cid root, ActorId id, GenesisMiner miner)
    {
        if (miner.Sectors == 0)
        {
            return root;
        }

        Executor executor = Open(root);
        for (int first = 0; first < miner.Sectors; first += BatchMax)
        {
            Seal(executor, id, miner, first, int.Min(BatchMax, miner.Sectors - first));
        }

        _ = RegisteredSealProof.TryGetSectorSize(miner.SealProof, out ulong sectorBytes);
        BigInt power = new System.Numerics.BigInteger(sectorBytes) * miner.Sectors;
        _ = Send(
            executor,
            Address.FromId(id),
            Address.FromId(WellKnownActors.StoragePower),
            UpdateClaimedPower,
            Cbor.Encode(new UpdateClaimedPowerParams(power, power)));
        return Prove(executor.Flush(), id);
    }

    /// <summary>Promises sectors, and sets them up as if they were proven.</summary>
    private void Seal(Executor executor, ActorId id, GenesisMiner miner, int first, int count)
    {
        MinerState state = StateOf(executor.Flush(), id, out _);
        long end = (LifePeriods * StoragePolicy.ProvingPeriod) + state.ProvingPeriodStart - 1;
        ulong[] numbers = new ulong[count];
        SectorPreCommitInfo[] promised = new SectorPreCommitInfo[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (ulong)(first + i);
            promised[i] = new(
                miner.SealProof,
                numbers[i],
                SimulatedSeal.OfGenesis(id, numbers[i], miner.SealProof),
                BeforeGenesis,
                [],
                end,
                null);
        }

        Address address = Address.FromId(id);
        _ = Send(executor, miner.Owner, address, PreCommitSectorBatch, Cbor.Encode(
            new PreCommitSectorBatchParams(ValueList.TakeOver(promised))));
        _ = Send(executor, System, address, InternalSectorSetupForPreseal, Cbor.Encode(
            new InternalSectorSetupForPresealParams(
                ValueList.TakeOver(numbers), default, BigInt.Zero, default)));
    }

    /// <summary>Counts all sectors of a miner as proven.</summary>
    private Cid Prove(Cid root, ActorId id)
    {
        MinerState state = StateOf(root, id, out StateTree tree);
        DeadlineTable table = blocks.GetCbor<DeadlineTable>(state.Deadlines);
        Cid[] due = table.Due.Span.ToArray();
        for (int i = 0; i < due.Length; i++)
        {
            due[i] = Prove(due[i]);
        }

        state.Deadlines = blocks.PutCbor(new DeadlineTable(ValueList.TakeOver(due)));
        _ = tree.TryGetActor(id, out ActorState actor);
        tree.SetActor(id, actor with { State = blocks.PutCbor(state) });
        return tree.Flush();
    }

    /// <summary>Counts what miners have locked as pledged.</summary>
    /// <remarks>
    /// Quirk: a miner takes what vests of its deposit from the network's pledge, to which it was
    /// never added. Where nothing else is pledged the total would fall below zero, and the miner
    /// would lose its claim.
    /// </remarks>
    private Cid CountDeposits(Cid root, List<ActorId> ids)
    {
        StateTree tree = Load(root);
        _ = tree.TryGetActor(WellKnownActors.StoragePower, out ActorState actor);
        PowerState power = blocks.GetCbor<PowerState>(actor.State);
        foreach (ActorId id in ids)
        {
            power.TotalPledgeCollateral += StateOf(root, id, out _).LockedFunds;
        }

        tree.SetActor(
            WellKnownActors.StoragePower, actor with { State = blocks.PutCbor(power) });
        return tree.Flush();
    }

    private Cid Prove(Cid deadlineRoot)
    {
        Deadline deadline = blocks.GetCbor<Deadline>(deadlineRoot);
        Amt<Partition> partitions = Amt<Partition>.Load(blocks, deadline.Partitions);
        for (ulong i = 0; partitions.TryGet(i, out Partition partition); i++)
        {
            _ = partition.ActivateUnproven();
            partitions.Set(i, partition);
        }

        deadline.Partitions = partitions.Flush();
        return blocks.PutCbor(deadline);
    }

    private MinerState StateOf(Cid root, ActorId id, out StateTree tree)
    {
        tree = Load(root);
        return tree.TryGetActor(id, out ActorState actor)
            ? blocks.GetCbor<MinerState>(actor.State)
            : throw new FatalException($"no miner t0{id}");
    }

    private StateTree Load(Cid root) =>
        StateTree.Load(blocks, root, NetworkConfig.LineOf(network.Version));

    private static ReadOnlyMemory<byte> Send(
        Executor executor,
        Address sender,
        Address target,
        MethodNumber method,
        ReadOnlyMemory<byte> parameters,
        TokenAmount value = default)
    {
        ApplyResult result = executor.Apply(
            new(0, target, sender, 0, value, Gas, default, default, method, parameters),
            ApplyKind.Implicit,
            0);
        return result.Receipt.ExitCode.IsSuccess
            ? result.Receipt.Return
            : throw new ArgumentException(
                $"genesis: {sender} to {target}, method {method}:"
                + $" {result.Receipt.ExitCode} {result.Failure}");
    }
}
