using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Account;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Datacap;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Market;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Multisig;
using Filecoin.Actors.PaymentChannel;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Rpc;

/// <summary>The types of built-in actors' states and of what their methods take and give.</summary>
internal static class ActorTables
{
    private static readonly Dictionary<BuiltinType, CborType> States = new()
    {
        [BuiltinType.System] = CborType.Of<SystemState>(),
        [BuiltinType.Init] = CborType.Of<Actors.Init.InitState>(),
        [BuiltinType.Cron] = CborType.Of<CronState>(),
        [BuiltinType.Account] = CborType.Of<AccountState>(),
        [BuiltinType.Power] = CborType.Of<PowerState>(),
        [BuiltinType.Miner] = CborType.Of<MinerState>(),
        [BuiltinType.Market] = CborType.Of<MarketState>(),
        [BuiltinType.PaymentChannel] = CborType.Of<PaymentChannelState>(),
        [BuiltinType.Multisig] = CborType.Of<MultisigState>(),
        [BuiltinType.Reward] = CborType.Of<RewardState>(),
        [BuiltinType.VerifiedRegistry] = CborType.Of<VerifiedRegistryState>(),
        [BuiltinType.DataCap] = CborType.Of<DatacapState>(),
        [BuiltinType.Evm] = CborType.Of<EvmState>(),
    };

    private static readonly Dictionary<string, BuiltinActor> Actors = MakeActors();

    private static readonly Dictionary<string, CborType> StatesByName = MakeStates();

    /// <summary>The type of an actor's state; null if it has none.</summary>
    /// <param name="name">The actor's name in the list of built-in actors.</param>
    public static CborType? StateOf(string name) => StatesByName.GetValueOrDefault(name);

    /// <summary>A method of an actor; null if there is none of that number.</summary>
    public static ActorMethod? MethodOf(string name, MethodNumber number)
    {
        foreach (ActorMethod method in Actors.TryGetValue(name, out BuiltinActor? actor)
            ? actor.Methods
            : [])
        {
            if (method.Number == number)
            {
                return method;
            }
        }

        return null;
    }

    private static Dictionary<string, BuiltinActor> MakeActors()
    {
        Dictionary<string, BuiltinActor> actors = [];
        foreach (BuiltinActor actor in BuiltinActors.All)
        {
            actors.Add(actor.Type.ManifestName(), actor);
        }

        return actors;
    }

    private static Dictionary<string, CborType> MakeStates()
    {
        Dictionary<string, CborType> states = [];
        foreach ((BuiltinType type, CborType state) in States)
        {
            states.Add(type.ManifestName(), state);
        }

        return states;
    }
}
