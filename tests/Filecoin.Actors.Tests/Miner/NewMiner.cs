using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>A miner of 32 GiB sectors that was just made, and those around it.</summary>
internal sealed class NewMiner
{
    internal static readonly ActorId Owner = new(101);
    internal static readonly ActorId Worker = new(102);
    internal static readonly ActorId Control = new(103);
    internal static readonly ActorId Stranger = new(104);

    private static readonly Address WorkerKey = Address.FromBls(new byte[48]);

    internal NewMiner()
    {
        Runtime = new()
        {
            Epoch = new(1_000_000),
            Balance = TokenAmount.FromFil(1_000),
            Circulating = TokenAmount.FromFil(500_000_000),
        };
        foreach (ActorId id in (ActorId[])[Owner, Worker, Control, Stranger])
        {
            Runtime.Add(id, BuiltinType.Account);
        }

        Runtime.Add(WellKnownActors.Init, BuiltinType.Init);
        Runtime.Add(WellKnownActors.StoragePower, BuiltinType.Power);
        Runtime.Add(WorkerKey, Worker);
        AnswerReward();
        AnswerPower();
        _ = Runtime.Call(
            MinerActor.Definition,
            WellKnownActors.Init,
            1,
            new MinerConstructorParams(
                Address.FromId(Owner),
                WorkerKey,
                [Address.FromId(Control)],
                13,
                new byte[] { 1, 2 },
                [new byte[] { 3 }]));
        Runtime.Sent.Clear();
    }

    internal MemoryRuntime Runtime { get; }

    internal MinerState State => Runtime.LoadState<MinerState>();

    internal MinerInfo Info => State.GetInfo(Runtime);

    internal IReadOnlyList<string> Complaints =>
        MinerInvariants.Check(State, Runtime.Balance, Runtime.Memory);

    internal void AnswerReward() => Answer(new ThisEpochRewardReturn(
        FilterEstimate.FromWhole(
            System.Numerics.BigInteger.Parse("80000000000000000000"), 0),
        (System.Numerics.BigInteger)1 << 64));

    internal void AnswerPower() => Answer(new CurrentTotalPowerReturn(
        (System.Numerics.BigInteger)1 << 63,
        (System.Numerics.BigInteger)1 << 64,
        TokenAmount.Zero,
        FilterEstimate.FromWhole((System.Numerics.BigInteger)1 << 64, 0),
        0,
        0));

    internal void Answer<T>(T value)
        where T : ICbor<T> =>
        Runtime.Answers.Enqueue(new(ErrorNumber.None, ExitCode.Ok, ParameterCodec.Encode(value)));

    internal IpldBlock? Call<T>(ActorId caller, ulong method, T parameters)
        where T : ICbor<T> => Runtime.Call(MinerActor.Definition, caller, method, parameters);

    internal uint Fail<T>(ActorId caller, ulong method, T parameters)
        where T : ICbor<T> =>
        Runtime.Fail(MinerActor.Definition, caller, method, parameters).Value;

    internal TReturn CallExported<T, TReturn>(string name, T parameters)
        where T : ICbor<T>
        where TReturn : ICbor<TReturn> => ParameterCodec.Decode<TReturn>(
            Call(Stranger, MethodNumber.Exported(name).Value, parameters)!);

    /// <summary>Puts a sector into a deadline as if it had been proven.</summary>
    internal void AddSector(ulong number, ulong deadline)
    {
        MinerState state = State;
        SectorOnChainInfo sector = TestSectors.Of(number, Runtime.Epoch.Value + 700_000) with
        {
            Activation = Runtime.Epoch.Value,
            PowerBaseEpoch = Runtime.Epoch.Value,
            VerifiedDealWeight = BigInt.Zero,
        };
        state.AllocateNumbers(Runtime, BitField.Of(number), mayBeTaken: false);
        state.AddSectors(Runtime, [sector]);
        state.AssignSectors(Runtime, Runtime.Epoch.Value, [sector], Info, deadline);
        state.AddInitialPledge(sector.InitialPledge);
        state.DeadlineCronActive = true;
        Runtime.Root = Runtime.Memory.PutCbor(state);
    }

    /// <summary>A deadline that is neither the current one nor the next.</summary>
    internal ulong FarDeadline =>
        (State.DeadlineAt(Runtime.Epoch.Value).Index + 20) % StoragePolicy.PeriodDeadlines;
}
