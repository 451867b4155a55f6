using Filecoin.ActorRuntime;
using Filecoin.Actors.Account;

namespace Filecoin.Rpc;

/// <summary>Actors, their states and addresses, and what is fixed for the network.</summary>
/// <remarks>
/// Spec: lotus node/impl/full/state.go; eth-compat 13. Where lotus shows the state before a
/// tipset, this is the state after it: the chain executes a tipset when it takes it.
/// </remarks>
public static class ActorMethods
{
    private const ulong ActorsVersion = Actors.BuiltinActors.Version;

    /// <summary>Upgrades that lotus knows; this network starts behind all of them.</summary>
    private static readonly string[] Upgrades =
    [
        "Smoke", "Breeze", "Ignition", "Liftoff", "Assembly", "Refuel", "Tape", "Kumquat",
        "Calico", "Persian", "Orange", "Claus", "Trust", "Norwegian", "Turbo", "Hyperdrive",
        "Chocolate", "OhSnap", "Skyr", "Shark", "Hygge", "Lightning", "Thunder", "Watermelon",
        "Dragon", "Phoenix", "Waffle", "Tuktuk", "Teep", "Tock", "GoldenWeek", "FireHorse", "Xx",
    ];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("Filecoin.StateNetworkName", Permission.Read, "The network.", NetworkName),
        RpcMethod.Of<TipsetLinks?, ulong>(
            "Filecoin.StateNetworkVersion", Permission.Read, "Its version.", NetworkVersion, 0),
        RpcMethod.Of(
            "Filecoin.StateGetNetworkParams", Permission.Read, "What is fixed for it.",
            NetworkParams),
        RpcMethod.Of<ulong, IReadOnlyDictionary<string, CidLink>>(
            "Filecoin.StateActorCodeCIDs", Permission.Read, "The code of built-in actors.",
            ActorCodes),
        RpcMethod.Of<ulong, CidLink>(
            "Filecoin.StateActorManifestCID", Permission.Read, "The list of built-in actors.",
            ActorManifest),
        RpcMethod.Of<AddressView, TipsetLinks?, ActorRecordView>(
            "Filecoin.StateGetActor", Permission.Read, "An actor's record.", GetActor, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, ActorStateView>(
            "Filecoin.StateReadState", Permission.Read, "An actor's state, by members.",
            ReadState, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, AddressView>(
            "Filecoin.StateLookupID", Permission.Read, "An address' id.", LookupId, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, AddressView>(
            "Filecoin.StateLookupRobustAddress", Permission.Read,
            "The address that stays whatever the chain does.", LookupRobust, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, AddressView>(
            "Filecoin.StateAccountKey", Permission.Read, "An account's key.", AccountKey, 1),
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<AddressView>>(
            "Filecoin.StateListActors", Permission.Read, "All actors.", ListActors, 0),
        RpcMethod.Of<CidLink, CidLink, IReadOnlyDictionary<string, ActorRecordView>>(
            "Filecoin.StateChangedActors", Permission.Read,
            "Actors that are not the same in two states.", ChangedActors),
        RpcMethod.Of<AddressView, ulong, byte[]?, TipsetLinks?, ActorValue>(
            "Filecoin.StateDecodeParams", Permission.Read, "Parameters of a method, by members.",
            DecodeParams, 3),
        RpcMethod.Of<CidLink, ulong, JsonElement?, byte[]?>(
            "Filecoin.StateEncodeParams", Permission.Read, "The CBOR of parameters.",
            EncodeParams),
        RpcMethod.Of<TipsetLinks?, AmountView>(
            "Filecoin.StateCirculatingSupply", Permission.Read, "The FIL that circulates.",
            CirculatingSupply, 0),
        RpcMethod.Of<TipsetLinks?, SupplyView>(
            "Filecoin.StateVMCirculatingSupplyInternal", Permission.Read,
            "The FIL that circulates, and what it is made of.", Supply, 0),
    ];

    private static string NetworkName(RpcCall call) => call.Node.Chain.Network.Name;

    private static ulong NetworkVersion(RpcCall call, TipsetLinks? key) =>
        (ulong)call.Node.Chain.Network.Version;

    private static NetworkParamsView NetworkParams(RpcCall call)
    {
        Dictionary<string, long> upgrades = new() { ["BreezeGasTampingDuration"] = 0 };
        foreach (string upgrade in Upgrades)
        {
            upgrades.Add($"Upgrade{upgrade}Height", -1);
        }

        NetworkParameters network = call.Node.Chain.Network;
        return new(
            network.Name,
            network.EpochSeconds,
            $"{Policy.Mainnet.MinimumConsensusPower}",
            Policy.Mainnet.PreCommitChallengeDelay,
            upgrades,
            network.ChainId,
            call.Node.Blocks.Get(new("earliest", null, null, false)).Timestamp);
    }

    private static IReadOnlyDictionary<string, CidLink> ActorCodes(RpcCall call, ulong version)
    {
        Dictionary<string, CidLink> codes = [];
        foreach ((string name, Cid code) in ManifestOf(call, version).Entries)
        {
            codes.Add(name, new(code));
        }

        return codes;
    }

    private static CidLink ActorManifest(RpcCall call, ulong version) =>
        new(ManifestOf(call, version).Cid);

    private static Manifest ManifestOf(RpcCall call, ulong version) =>
        version == (ulong)call.Node.Chain.Network.Version
            ? ChainState.At(call, null).Manifest
            : throw new RpcException(
                $"network version {version}: only {call.Node.Chain.Network.Version} is here,"
                    + $" with actors of version {ActorsVersion}");

    private static ActorRecordView GetActor(
        RpcCall call, AddressView address, TipsetLinks? key) =>
        ActorRecordView.Of(ChainState.At(call, key).Find(address).Actor);

    private static ActorStateView ReadState(RpcCall call, AddressView address, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        (_, ActorState actor) = state.Find(address);
        string name = state.NameOf(actor)
            ?? throw new RpcException($"state type for actor {actor.Code} not found");
        CborType? type = ActorTables.StateOf(name);
        return new(
            new(actor.Balance),
            new(actor.Code),
            type is null || !state.Blocks.TryGet(actor.State, out ReadOnlyMemory<byte> block)
                ? default
                : new(ActorCodec.Decode(type, block.Span)));
    }

    private static AddressView LookupId(RpcCall call, AddressView address, TipsetLinks? key) =>
        new(Address.FromId(ChainState.At(call, key).IdOf(address)));

    /// <summary>An address that the chain cannot give to another actor.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    internal static AddressView LookupRobust(
        RpcCall call, AddressView address, TipsetLinks? key)
    {
        if (!address.Address.TryGetId(out ActorId id))
        {
            return address;
        }

        ChainState state = ChainState.At(call, key);
        (_, ActorState actor) = state.Find(address);
        return actor.DelegatedAddress is Address delegated
            ? new(delegated)
            : RobustAddresses.TryFind(state, id, out Address found)
                ? new(found)
                : throw new RpcException("Address not found");
    }

    /// <summary>The key of an account's address.</summary>
    /// <exception cref="RpcException">It is no account's.</exception>
    internal static AddressView AccountKey(RpcCall call, AddressView address, TipsetLinks? key)
    {
        if (address.Address.Protocol is Protocol.Secp256k1 or Protocol.Bls)
        {
            return address;
        }

        ChainState state = ChainState.At(call, key);
        (_, ActorState actor) = state.Find(address);
        return actor.DelegatedAddress is Address delegated
            ? new(delegated)
            : state.NameOf(actor) == BuiltinType.Account.ManifestName()
                ? new(state.Blocks.GetCbor<AccountState>(actor.State).Address)
                : throw new RpcException($"{address} is no account");
    }

    private static IReadOnlyList<AddressView> ListActors(RpcCall call, TipsetLinks? key)
    {
        List<ActorId> ids = [];
        ChainState.At(call, key).Actors.ForEach((id, _) => ids.Add(id));
        ids.Sort(static (left, right) => left.Value.CompareTo(right.Value));
        return ids.ConvertAll(static id => new AddressView(Address.FromId(id)));
    }

    private static IReadOnlyDictionary<string, ActorRecordView> ChangedActors(
        RpcCall call, CidLink before, CidLink after)
    {
        IBlockstore blocks = call.Node.Chain.Store.Blocks;
        StateTree left = StateTree.Load(blocks, before.Cid, call.Node.Line);
        Dictionary<string, ActorRecordView> changed = [];
        StateTree.Load(blocks, after.Cid, call.Node.Line).ForEach((id, actor) =>
        {
            if (!left.TryGetActor(id, out ActorState old) || old != actor)
            {
                changed.Add(
                    $"{new AddressView(Address.FromId(id))}", ActorRecordView.Of(actor));
            }
        });
        return changed;
    }

    private static ActorValue DecodeParams(
        RpcCall call, AddressView receiver, ulong method, byte[]? parameters, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        CborType? type = ParametersOf(state, state.Find(receiver).Actor.Code, method);
        return type is null || parameters is null or { Length: 0 }
            ? new(new Nothing())
            : new(ActorCodec.Decode(type, parameters));
    }

    private static byte[]? EncodeParams(
        RpcCall call, CidLink code, ulong method, JsonElement? parameters) =>
        ParametersOf(ChainState.At(call, null), code.Cid, method) is CborType type
            ? GoBytes.Of(type.Encode(ActorCodec.Parse(type.Type, parameters ?? default)))
            : null;

    /// <exception cref="RpcException">There is no such method.</exception>
    private static CborType? ParametersOf(ChainState state, Cid code, ulong method)
    {
        string name = state.Manifest.NameOf(code)
            ?? throw new RpcException($"{code} is no built-in actor's code");
        return method == MethodNumber.Send.Value
            ? null
            : ActorTables.MethodOf(name, new(method)) is ActorMethod found
                ? found.ParametersType
                : throw new RpcException($"unknown method {method} for actor {name}");
    }

    private static AmountView CirculatingSupply(RpcCall call, TipsetLinks? key) =>
        Supply(call, key).FilCirculating;

    private static SupplyView Supply(RpcCall call, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        NetworkParameters network = call.Node.Chain.Network;
        TokenAmount circulating = network.Supply(state.Actors, state.Tipset.Epoch);
        TokenAmount burnt = state.BalanceOf(Address.FromId(WellKnownActors.BurntFunds));
        TokenAmount mined = state.Load<Actors.Reward.RewardState>(WellKnownActors.Reward)
            .TotalStoragePowerReward;
        return new(
            new(TokenAmount.Max(TokenAmount.Zero, circulating + burnt - mined)),
            new(mined),
            new(burnt),
            new(TokenAmount.Zero),
            new(circulating),
            new(TokenAmount.Zero));
    }

    /// <summary>What a method takes that takes nothing.</summary>
    private sealed record Nothing;
}
