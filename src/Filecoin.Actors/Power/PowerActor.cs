namespace Filecoin.Actors.Power;

/// <summary>
/// The storage power actor, f04: it makes miners, counts their power and calls them when they want.
/// </summary>
/// <remarks>Spec: actors/power.</remarks>
public static partial class PowerActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Power,
        [
            ActorMethod.Of(1, nameof(Constructor), Constructor),
            ActorMethod.Of<CreateMinerParams, CreateMinerReturn>(
                2, nameof(CreateMiner), CreateMiner),
            ActorMethod.Of<UpdateClaimedPowerParams>(
                3, nameof(UpdateClaimedPower), UpdateClaimedPower),
            ActorMethod.Of<EnrollCronEventParams>(4, nameof(EnrollCronEvent), EnrollCronEvent),
            ActorMethod.Of(5, nameof(OnEpochTickEnd), OnEpochTickEnd),
            ActorMethod.Of<TokenAmount>(6, nameof(UpdatePledgeTotal), UpdatePledgeTotal),
            ActorMethod.Returning<CurrentTotalPowerReturn>(
                9, nameof(CurrentTotalPower), CurrentTotalPower),
            ActorMethod.Exported<CreateMinerParams, CreateMinerReturn>(
                nameof(CreateMiner), CreateMiner),
            ActorMethod.ExportedReturning<BigInt>(nameof(NetworkRawPower), NetworkRawPower),
            ActorMethod.Exported<ActorId, MinerRawPowerReturn>(
                nameof(MinerRawPower), MinerRawPower),
            ActorMethod.ExportedReturning<MinerCount>("MinerCount", CountMiners),
            ActorMethod.ExportedReturning<MinerCount>("MinerConsensusCount", CountConsensusMiners),
            ActorMethod.Exported<ActorId, MinerPowerReturn>(nameof(MinerPower), MinerPower),
        ]);

    private static void Constructor(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.System);
        runtime.CreateState(PowerState.Create(runtime));
    }

    /// <summary>
    /// The network's power as of the end of the epoch before, so that all messages of an epoch see
    /// the same.
    /// </summary>
    private static CurrentTotalPowerReturn CurrentTotalPower(IRuntime runtime)
    {
        PowerState state = Look(runtime);
        return new(
            state.ThisEpochRawBytePower,
            state.ThisEpochQualityAdjustedPower,
            state.ThisEpochPledgeCollateral,
            state.ThisEpochQualityAdjustedPowerSmoothed,
            state.RampStartEpoch,
            state.RampDurationEpochs);
    }

    private static BigInt NetworkRawPower(IRuntime runtime) => Look(runtime).ThisEpochRawBytePower;

    private static MinerRawPowerReturn MinerRawPower(IRuntime runtime, ActorId miner) =>
        Look(runtime).RawPowerOf(runtime, miner);

    private static MinerCount CountMiners(IRuntime runtime) => new(Look(runtime).MinerCount);

    private static MinerCount CountConsensusMiners(IRuntime runtime) =>
        new(Look(runtime).MinerAboveMinPowerCount);

    private static MinerPowerReturn MinerPower(IRuntime runtime, ActorId miner) =>
        Look(runtime).LoadClaims(runtime).TryGet(Address.FromId(miner), out Claim claim)
            ? new(claim.RawBytePower, claim.QualityAdjustedPower)
            : throw Abort.NotFound($"no claim for actor {miner}");

    private static PowerState Look(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<PowerState>();
    }
}
