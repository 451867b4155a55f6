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
    private static readonly Dictionary<BuiltinType, Type> States = new()
    {
        [BuiltinType.System] = typeof(SystemState),
        [BuiltinType.Init] = typeof(Actors.Init.InitState),
        [BuiltinType.Cron] = typeof(CronState),
        [BuiltinType.Account] = typeof(AccountState),
        [BuiltinType.Power] = typeof(PowerState),
        [BuiltinType.Miner] = typeof(MinerState),
        [BuiltinType.Market] = typeof(MarketState),
        [BuiltinType.PaymentChannel] = typeof(PaymentChannelState),
        [BuiltinType.Multisig] = typeof(MultisigState),
        [BuiltinType.Reward] = typeof(RewardState),
        [BuiltinType.VerifiedRegistry] = typeof(VerifiedRegistryState),
        [BuiltinType.DataCap] = typeof(DatacapState),
        [BuiltinType.Evm] = typeof(EvmState),
    };

    private static readonly Dictionary<string, BuiltinActor> Actors = MakeActors();

    private static readonly Dictionary<string, Type> StatesByName = MakeStates();

    /// <summary>The type of an actor's state; null if it has none.</summary>
    /// <param name="name">The actor's name in the list of built-in actors.</param>
    public static Type? StateOf(string name) => StatesByName.GetValueOrDefault(name);

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

    private static Dictionary<string, Type> MakeStates()
    {
        Dictionary<string, Type> states = [];
        foreach ((BuiltinType type, Type state) in States)
        {
            states.Add(type.ManifestName(), state);
        }

        return states;
    }
}
