using Filecoin.ActorRuntime;
using Filecoin.Actors.Datacap;
using Filecoin.Actors.Tokens;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Rpc;

/// <summary>Verifiers, verified clients, their allocations, and providers' claims.</summary>
/// <remarks>Spec: lotus node/impl/full/state.go.</remarks>
public static class VerifiedMethods
{
    private const int BitWidth = 5;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<TipsetLinks?, AddressView>(
            "Filecoin.StateVerifiedRegistryRootKey", Permission.Read, "Who names verifiers.",
            RootKey, 0),
        RpcMethod.Of<AddressView, TipsetLinks?, AmountView?>(
            "Filecoin.StateVerifierStatus", Permission.Read, "What a verifier may give.",
            VerifierStatus, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, AmountView?>(
            "Filecoin.StateVerifiedClientStatus", Permission.Read, "A client's datacap, in bytes.",
            ClientStatus, 1),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, ActorValue>(
            "Filecoin.StateGetAllocation", Permission.Read, "An allocation of a client.",
            GetAllocation, 2),
        RpcMethod.Of<AddressView, TipsetLinks?, IReadOnlyDictionary<string, ActorValue>>(
            "Filecoin.StateGetAllocations", Permission.Read, "All allocations of a client.",
            GetAllocations, 1),
        RpcMethod.Of<TipsetLinks?, IReadOnlyDictionary<string, ActorValue>>(
            "Filecoin.StateGetAllAllocations", Permission.Read, "All allocations.",
            GetAllAllocations, 0),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, ActorValue>(
            "Filecoin.StateGetClaim", Permission.Read, "A claim of a provider.", GetClaim, 2),
        RpcMethod.Of<AddressView, TipsetLinks?, IReadOnlyDictionary<string, ActorValue>>(
            "Filecoin.StateGetClaims", Permission.Read, "All claims of a provider.",
            GetClaims, 1),
        RpcMethod.Of<TipsetLinks?, IReadOnlyDictionary<string, ActorValue>>(
            "Filecoin.StateGetAllClaims", Permission.Read, "All claims.", GetAllClaims, 0),
    ];

    private static AddressView RootKey(RpcCall call, TipsetLinks? key) =>
        new(Load(ChainState.At(call, key)).RootKey);

    private static AmountView? VerifierStatus(
        RpcCall call, AddressView verifier, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        return Open<BigInt>(state, Load(state).Verifiers).TryGet(
            Address.FromId(state.IdOf(verifier)).ToBytes(), out BigInt allowance)
                ? new AmountView(TokenAmount.FromAtto(allowance.Value))
                : null;
    }

    private static AmountView? ClientStatus(RpcCall call, AddressView client, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        TokenState tokens = state.Load<DatacapState>(WellKnownActors.DataCap).Token;
        return Hamt<TokenAmount>.Load(state.Blocks, tokens.Balances, tokens.MapOptions())
            .TryGet(UInt64Key.ToBytes(state.IdOf(client).Value), out TokenAmount balance)
                ? new AmountView(TokenAmount.FromAtto(
                    balance.ToBigInteger() / TokenLedger.Granularity))
                : null;
    }

    private static ActorValue GetAllocation(
        RpcCall call, AddressView client, ulong id, TipsetLinks? key) =>
        One<Allocation>(ChainState.At(call, key), static state => state.Allocations, client, id);

    private static IReadOnlyDictionary<string, ActorValue> GetAllocations(
        RpcCall call, AddressView client, TipsetLinks? key) =>
        OfOne<Allocation>(ChainState.At(call, key), static state => state.Allocations, client);

    private static IReadOnlyDictionary<string, ActorValue> GetAllAllocations(
        RpcCall call, TipsetLinks? key) =>
        OfAll<Allocation>(ChainState.At(call, key), static state => state.Allocations);

    private static ActorValue GetClaim(
        RpcCall call, AddressView provider, ulong id, TipsetLinks? key) =>
        One<Claim>(ChainState.At(call, key), static state => state.Claims, provider, id);

    private static IReadOnlyDictionary<string, ActorValue> GetClaims(
        RpcCall call, AddressView provider, TipsetLinks? key) =>
        OfOne<Claim>(ChainState.At(call, key), static state => state.Claims, provider);

    private static IReadOnlyDictionary<string, ActorValue> GetAllClaims(
        RpcCall call, TipsetLinks? key) =>
        OfAll<Claim>(ChainState.At(call, key), static state => state.Claims);

    private static ActorValue One<T>(
        ChainState state, Func<VerifiedRegistryState, Cid> root, AddressView owner, ulong id)
        where T : ICbor<T> => TryOpenOf(state, root, owner, out Cid inner)
            && Open<T>(state, inner).TryGet(UInt64Key.ToBytes(id), out T? found)
                ? new(found)
                : default;

    private static Dictionary<string, ActorValue> OfOne<T>(
        ChainState state, Func<VerifiedRegistryState, Cid> root, AddressView owner)
        where T : ICbor<T>
    {
        Dictionary<string, ActorValue> found = [];
        if (TryOpenOf(state, root, owner, out Cid inner))
        {
            AddAll<T>(state, inner, found);
        }

        return found;
    }

    private static Dictionary<string, ActorValue> OfAll<T>(
        ChainState state, Func<VerifiedRegistryState, Cid> root)
        where T : ICbor<T>
    {
        Dictionary<string, ActorValue> found = [];
        foreach ((_, Cid inner) in Open<Cid>(state, root(Load(state))).Entries())
        {
            AddAll<T>(state, inner, found);
        }

        return found;
    }

    private static void AddAll<T>(
        ChainState state, Cid root, Dictionary<string, ActorValue> found)
        where T : ICbor<T>
    {
        foreach ((ReadOnlyMemory<byte> key, T value) in Open<T>(state, root).Entries())
        {
            if (UInt64Key.TryParse(key.Span, out ulong id))
            {
                found[$"{id}"] = new(value);
            }
        }
    }

    private static bool TryOpenOf(
        ChainState state,
        Func<VerifiedRegistryState, Cid> root,
        AddressView owner,
        out Cid inner) => Open<Cid>(state, root(Load(state))).TryGet(
            UInt64Key.ToBytes(state.IdOf(owner).Value), out inner);

    private static Hamt<T> Open<T>(ChainState state, Cid root)
        where T : ICbor<T> => Hamt<T>.Load(state.Blocks, root, new HamtOptions(BitWidth));

    private static VerifiedRegistryState Load(ChainState state) =>
        state.Load<VerifiedRegistryState>(WellKnownActors.VerifiedRegistry);
}
