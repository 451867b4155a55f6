using Filecoin.Actors.Init;
using ClaimMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.Actors.Power.Claim>;

namespace Filecoin.Actors.Power;

/// <content>Miners: their making, their power, their pledge.</content>
public static partial class PowerActor
{
    private static readonly MethodNumber Exec = new(2);

    private static CreateMinerReturn CreateMiner(IRuntime runtime, CreateMinerParams parameters)
    {
        runtime.AcceptAnyCaller();

        MinerConstructorParams constructor = new(
            parameters.Owner,
            parameters.Worker,
            [],
            parameters.WindowPostProofType,
            parameters.Peer,
            parameters.Multiaddrs);
        Cid code = runtime.CodeOf(BuiltinType.Miner);
        ExecReturn made = runtime.Send(
            Address.FromId(WellKnownActors.Init),
            Exec,
            new ExecParams(code, Cbor.Encode(constructor)),
            runtime.ValueReceived).Require<ExecReturn>();

        runtime.Transact((ref PowerState state) =>
            state.AddMiner(runtime, made.IdAddress, parameters.WindowPostProofType));
        return new(made.IdAddress, made.RobustAddress);
    }

    /// <summary>A miner tells by what its power changes.</summary>
    private static void UpdateClaimedPower(IRuntime runtime, UpdateClaimedPowerParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        Address miner = Address.FromId(runtime.Caller);

        runtime.Transact((ref PowerState state) =>
        {
            ClaimMap claims = state.LoadClaims(runtime);
            state.AddToClaim(
                runtime.Policy,
                claims,
                miner,
                parameters.RawByteDelta,
                parameters.QualityAdjustedDelta);
            state.Claims = claims.Flush();
        });
    }

    /// <summary>A miner tells by what its pledge changes.</summary>
    private static void UpdatePledgeTotal(IRuntime runtime, TokenAmount delta)
    {
        runtime.RequireCallerType(BuiltinType.Miner);

        runtime.Transact((ref PowerState state) =>
        {
            if (!state.LoadClaims(runtime).Has(Address.FromId(runtime.Caller)))
            {
                throw Abort.Forbidden($"miner {runtime.Caller} has no claim");
            }

            state.TotalPledgeCollateral += delta;
            if (state.TotalPledgeCollateral.IsNegative)
            {
                throw Abort.IllegalState(
                    $"total pledge {state.TotalPledgeCollateral} below zero");
            }
        });
    }
}
