using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>The state that a tipset led to, as the network's own methods look at it.</summary>
/// <remarks>Not for several threads.</remarks>
internal sealed class ChainState
{
    private readonly ActorView view;

    private ChainState(RpcNode node, Tipset tipset)
    {
        (Tipset, Blocks, view) = (tipset, node.Chain.Store.Blocks, node.StateAfter(tipset));
        Manifest = Manifest.Load(Blocks, Manifest.FindCid(view.State, Blocks), node.Line);
    }

    /// <summary>Whose state it is.</summary>
    public Tipset Tipset { get; }

    /// <summary>Where it is kept.</summary>
    public IBlockstore Blocks { get; }

    /// <summary>The built-in actors.</summary>
    public Manifest Manifest { get; }

    /// <summary>All actors.</summary>
    public StateTree Actors => view.State;

    /// <summary>The state after a tipset; after the head if its key is empty.</summary>
    /// <exception cref="RpcException">There is no such tipset.</exception>
    public static ChainState At(RpcCall call, TipsetLinks? key) => Of(call, call.TipsetOf(key));

    /// <summary>The state after a tipset.</summary>
    public static ChainState Of(RpcCall call, Tipset tipset) => new(call.Node, tipset);

    /// <summary>The actor with an address.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public (ActorId Id, ActorState Actor) Find(AddressView address)
    {
        if (!view.State.TryResolve(address.Address, out ActorId id))
        {
            throw NotFound(
                $"resolution lookup failed ({address}): resolve address {address}:"
                    + " actor not found");
        }

        return view.State.TryGetActor(id, out ActorState actor)
            ? (id, actor)
            : throw NotFound($"actor not found: {address}");
    }

    /// <summary>The id of an address.</summary>
    /// <exception cref="RpcException">It has none.</exception>
    public ActorId IdOf(AddressView address) =>
        view.State.TryResolve(address.Address, out ActorId id)
            ? id
            : throw NotFound($"resolve address {address}: actor not found");

    /// <summary>Whether two addresses are one actor's.</summary>
    public bool IsSame(Address left, Address right) => left == right
        || (view.State.TryResolve(left, out ActorId one)
            && view.State.TryResolve(right, out ActorId other)
            && one == other);

    /// <summary>What an address owns; nothing if it is no actor's.</summary>
    public TokenAmount BalanceOf(Address address) => view.BalanceOf(address);

    /// <summary>The name of an actor's code; null if it is no built-in actor's.</summary>
    public string? NameOf(in ActorState actor) => Manifest.NameOf(actor.Code);

    /// <summary>The code of a type of actors.</summary>
    /// <exception cref="RpcException">The network has none of them.</exception>
    public Cid CodeOf(BuiltinType type)
    {
        foreach ((string name, Cid code) in Manifest.Entries)
        {
            if (name == type.ManifestName())
            {
                return code;
            }
        }

        throw new RpcException($"the network has no {type.ManifestName()} actors");
    }

    /// <summary>The state of a built-in actor that there is one of.</summary>
    /// <exception cref="RpcException">The network has none.</exception>
    public T Load<T>(ActorId id)
        where T : ICbor<T> => Blocks.GetCbor<T>(Find(new(Address.FromId(id))).Actor.State);

    /// <summary>The state of an actor that must be of a type.</summary>
    /// <exception cref="RpcException">There is no such actor, or it is of another.</exception>
    public T Load<T>(AddressView address, BuiltinType type, out ActorState actor)
        where T : ICbor<T>
    {
        (_, actor) = Find(address);
        return NameOf(actor) == type.ManifestName()
            ? Blocks.GetCbor<T>(actor.State)
            : throw new RpcException($"{address} is no {type.ManifestName()}: {actor.Code}");
    }

    private static RpcException NotFound(string line) =>
        new(new RpcError(RpcError.ActorNotFoundCode, line));
}

/// <summary>Finds the tipsets that callers name by their key.</summary>
internal static class TipsetKeys
{
    /// <summary>The tipset with a key; the head for an empty one.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public static Tipset TipsetOf(this RpcCall call, TipsetLinks? key)
    {
        if (key is null || key.Count == 0)
        {
            return call.Node.Chain.Head;
        }

        Cid[] cids = new Cid[key.Count];
        for (int i = 0; i < cids.Length; i++)
        {
            cids[i] = key[i].Cid;
        }

        return call.Node.Chain.Store.TryGetTipset(TipsetKey.Of(cids), out Tipset? tipset)
            ? tipset
            : throw new RpcException($"block not found: {cids[0]}");
    }

    /// <summary>The tipset that another follows.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public static Tipset ParentOf(this RpcCall call, Tipset tipset) =>
        call.Node.Chain.Store.TryGetTipset(tipset.Parents, out Tipset? parent)
            ? parent
            : throw new RpcException($"{tipset.Epoch} has no parents");
}
