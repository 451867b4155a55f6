using System.Buffers.Binary;
using Filecoin.Actors.Power;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Making a miner, and who it is.</content>
public static partial class MinerActor
{
    private static void Constructor(IRuntime runtime, MinerConstructorParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.Init);
        RequireControlAddresses(parameters.ControlAddresses);
        RequirePeer(parameters.Peer, parameters.Multiaddrs);
        if (!SectorProofs.MayProve(runtime.Policy, parameters.WindowPostProofType))
        {
            throw Abort.IllegalArgument(
                $"proof type {parameters.WindowPostProofType} not allowed for new miner actors");
        }

        TokenAmount balance = runtime.CurrentBalance();
        TokenAmount deposit = CreationDeposit(runtime);
        if (balance < deposit)
        {
            throw Abort.InsufficientFunds(
                $"sent balance {balance} is less than the deposit {deposit}");
        }

        Address owner = Resolve(runtime, parameters.Owner);
        Address worker = ResolveWorker(runtime, parameters.Worker);
        ValueList<Address> controls = ResolveAll(runtime, parameters.ControlAddresses);

        long epoch = runtime.Epoch.Value;
        long periodStart = PeriodStart(epoch, PeriodOffset(runtime, epoch));
        if (periodStart > epoch)
        {
            throw Abort.IllegalState($"proving period start {periodStart} after epoch {epoch}");
        }

        ulong deadline = (ulong)((epoch - periodStart) / StoragePolicy.ChallengeWindow);
        if (deadline >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalState($"computed proving deadline index {deadline} invalid");
        }

        Cid info = runtime.PutBlock(MinerInfo.Create(
            owner,
            worker,
            controls,
            parameters.Peer,
            parameters.Multiaddrs,
            parameters.WindowPostProofType));
        MinerState state = MinerState.Create(runtime, info, periodStart, deadline);
        _ = state.AddLockedFunds(runtime, epoch, deposit);
        runtime.CreateState(state);
    }

    private static GetControlAddressesReturn ControlAddresses(IRuntime runtime)
    {
        MinerInfo info = ReadInfo(runtime);
        return new(info.Owner, info.Worker, info.ControlAddresses);
    }

    private static GetOwnerReturn GetOwner(IRuntime runtime)
    {
        MinerInfo info = ReadInfo(runtime);
        return new(info.Owner, info.PendingOwnerAddress);
    }

    private static MinerAnswer IsControllingAddress(IRuntime runtime, Address address)
    {
        runtime.AcceptAnyCaller();
        if (!runtime.TryResolve(address, out ActorId id))
        {
            return new(false);
        }

        MinerInfo info = runtime.LoadState<MinerState>().GetInfo(runtime);
        return new(Array.IndexOf(info.Controllers, Address.FromId(id)) >= 0);
    }

    private static SectorQuantity GetSectorSize(IRuntime runtime) =>
        new(ReadInfo(runtime).SectorSize);

    private static GetPeerIdReturn GetPeerId(IRuntime runtime) => new(ReadInfo(runtime).PeerId);

    private static GetMultiaddressesReturn GetMultiaddresses(IRuntime runtime) =>
        new(ReadInfo(runtime).Multiaddresses);

    private static GetBeneficiaryReturn GetBeneficiary(IRuntime runtime)
    {
        MinerInfo info = ReadInfo(runtime);
        return new(new(info.Beneficiary, info.BeneficiaryTerm), info.PendingBeneficiaryTerm);
    }

    private static void ChangeWorkerAddress(
        IRuntime runtime, ChangeWorkerAddressParams parameters)
    {
        RequireControlAddresses(parameters.NewControlAddresses);
        Address worker = ResolveWorker(runtime, parameters.NewWorker);
        ValueList<Address> controls = ResolveAll(runtime, parameters.NewControlAddresses);

        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Owner);
            info = info with { ControlAddresses = controls };
            if (worker != info.Worker && info.PendingWorkerKey is null)
            {
                long effectiveAt = runtime.Epoch.Value + StoragePolicy.WorkerKeyChangeDelay;
                info = info with { PendingWorkerKey = new(worker, effectiveAt) };
            }

            state.SetInfo(runtime, info);
        });
    }

    private static void ConfirmChangeWorkerAddress(IRuntime runtime) =>
        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Owner);
            _ = ProcessPendingWorker(runtime, ref state, info);
        });

    /// <summary>The owner names another, who confirms it.</summary>
    private static void ChangeOwnerAddress(IRuntime runtime, Address newOwner)
    {
        if (!newOwner.IsId)
        {
            throw Abort.IllegalArgument("owner address must be an ID address");
        }

        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            if (Address.FromId(runtime.Caller) == info.Owner
                || info.PendingOwnerAddress is not Address pending)
            {
                runtime.RequireCaller(info.Owner);
                info = info with { PendingOwnerAddress = newOwner };
            }
            else
            {
                runtime.RequireCaller(pending);
                if (newOwner != pending)
                {
                    throw Abort.IllegalArgument(
                        $"expected confirmation of {pending} got {newOwner}");
                }

                info = info with
                {
                    Beneficiary =
                        info.Beneficiary == info.Owner ? pending : info.Beneficiary,
                    PendingBeneficiaryTerm = null,
                    Owner = pending,
                };
            }

            if (info.PendingOwnerAddress == info.Owner)
            {
                info = info with { PendingOwnerAddress = null };
            }

            state.SetInfo(runtime, info);
        });
    }

    private static void ChangePeerId(IRuntime runtime, ChangePeerIdParams parameters)
    {
        RequirePeer(parameters.NewId, []);
        ChangeInfo(runtime, info => info with { PeerId = parameters.NewId });
    }

    private static void ChangeMultiaddresses(
        IRuntime runtime, ChangeMultiaddressesParams parameters)
    {
        RequirePeer(default, parameters.NewMultiaddresses);
        ChangeInfo(runtime, info => info with { Multiaddresses = parameters.NewMultiaddresses });
    }

    private static void ChangeInfo(IRuntime runtime, Func<MinerInfo, MinerInfo> change) =>
        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            state.SetInfo(runtime, change(info));
        });

    private static MinerInfo ReadInfo(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<MinerState>().GetInfo(runtime);
    }

    private static MinerInfo ProcessPendingWorker(
        IRuntime runtime, ref MinerState state, MinerInfo info)
    {
        if (info.PendingWorkerKey is not WorkerKeyChange pending
            || runtime.Epoch.Value < pending.EffectiveAt)
        {
            return info;
        }

        info = info with { Worker = pending.NewWorker, PendingWorkerKey = null };
        state.SetInfo(runtime, info);
        return info;
    }

    private static TokenAmount CreationDeposit(IRuntime runtime)
    {
        PledgeInputs inputs = RequestPledgeInputs(runtime);
        return MinerMonies.InitialPledge(runtime.Policy.MinimumConsensusPower / 10, inputs);
    }

    private static Address Resolve(IRuntime runtime, Address address) =>
        runtime.TryResolve(address, out ActorId id)
            ? Address.FromId(id)
            : throw Abort.IllegalArgument($"unable to resolve address {address}");

    private static ValueList<Address> ResolveAll(
        IRuntime runtime, ValueList<Address> addresses)
    {
        Address[] resolved = new Address[addresses.Count];
        for (int i = 0; i < resolved.Length; i++)
        {
            resolved[i] = Resolve(runtime, addresses[i]);
        }

        return ValueList.TakeOver(resolved);
    }

    /// <summary>A worker is an account with a BLS key.</summary>
    private static Address ResolveWorker(IRuntime runtime, Address raw)
    {
        Address worker = Resolve(runtime, raw);
        _ = worker.TryGetId(out ActorId id);
        if (!runtime.TryGetCode(id, out Cid code))
        {
            throw Abort.IllegalArgument($"no code for address {worker}");
        }

        if (runtime.BuiltinTypeOf(code) != BuiltinType.Account)
        {
            throw Abort.IllegalArgument($"worker actor type must be an account, was {code}");
        }

        if (raw.Protocol != Protocol.Bls)
        {
            Address key = runtime
                .Send(worker, PubkeyAddress, null, TokenAmount.Zero).Require<Address>();
            if (key.Protocol != Protocol.Bls)
            {
                throw Abort.IllegalArgument($"worker account {worker} must have a BLS key");
            }
        }

        return worker;
    }

    private static void RequireControlAddresses(ValueList<Address> addresses)
    {
        if (addresses.Count > StoragePolicy.ControlAddressesMax)
        {
            throw Abort.IllegalArgument($"too many control addresses: {addresses.Count}");
        }
    }

    private static void RequirePeer(
        ReadOnlyMemory<byte> id, ValueList<ReadOnlyMemory<byte>> addresses)
    {
        if (id.Length > StoragePolicy.PeerIdBytesMax)
        {
            throw Abort.IllegalArgument($"peer ID of {id.Length} bytes is too long");
        }

        int total = 0;
        foreach (ReadOnlyMemory<byte> address in addresses)
        {
            total += address.IsEmpty
                ? throw Abort.IllegalArgument("invalid empty multiaddr")
                : address.Length;
        }

        if (total > StoragePolicy.MultiaddressBytesMax)
        {
            throw Abort.IllegalArgument($"multiaddrs of {total} bytes are too long");
        }
    }

    /// <summary>Where in a period a miner's begins, by its address and the epoch.</summary>
    private static long PeriodOffset(IRuntime runtime, long epoch)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, epoch);
        Span<byte> digest = stackalloc byte[RandomnessDraw.Length];
        _ = runtime.Hash(
            HashFunction.Blake2b256, [.. ReceiverEntropy(runtime), .. number], digest);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(digest)
            % (ulong)StoragePolicy.ProvingPeriod);
    }

    private static long PeriodStart(long epoch, long offset)
    {
        long progress = (epoch % StoragePolicy.ProvingPeriod) - offset;
        return epoch - (progress >= 0 ? progress : StoragePolicy.ProvingPeriod + progress);
    }
}
