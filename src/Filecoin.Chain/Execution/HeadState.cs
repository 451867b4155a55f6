using Filecoin.Actors.Account;

namespace Filecoin.Chain;

/// <summary>The state that a head led to, as its pool and its next block look at it.</summary>
/// <remarks>Not for several threads: it reads and keeps what it is asked for.</remarks>
internal sealed class HeadState(
    NetworkParameters network, IBlockstore blocks, Tipset tipset, Cid stateRoot, TokenAmount fee)
{
    private StateTree? state;
    private Manifest? manifest;

    /// <summary>The head.</summary>
    public Tipset Tipset => tipset;

    /// <summary>State after its messages.</summary>
    public Cid StateRoot => stateRoot;

    /// <summary>What the messages of the next tipset burn for a unit of gas, in attoFIL.</summary>
    public TokenAmount BaseFee => fee;

    private StateTree State => state ??= StateTree.Load(
        blocks, stateRoot, NetworkConfig.LineOf(network.Version));

    private Manifest Manifest => manifest ??= Manifest.Load(
        blocks, Manifest.FindCid(State, blocks), NetworkConfig.LineOf(network.Version));

    /// <summary>Gets the actor with an address.</summary>
    public bool TryGetActor(Address address, out ActorId id, out ActorState actor)
    {
        actor = default;
        return State.TryResolve(address, out id) && State.TryGetActor(id, out actor);
    }

    /// <summary>Gets an actor.</summary>
    public bool TryGetActor(ActorId id, out ActorState actor) =>
        State.TryGetActor(id, out actor);

    /// <summary>Whether an actor may send messages of the chain.</summary>
    public bool MaySend(in ActorState actor) =>
        Manifest.MaySend(actor, network.ContractsMaySend);

    /// <summary>The address of the key that signs for a sender; false if there is none.</summary>
    public bool TryGetKey(Address sender, out Address key)
    {
        key = sender;
        if (!sender.IsId)
        {
            return true;
        }

        if (!TryGetActor(sender, out _, out ActorState actor))
        {
            return false;
        }

        if (actor.DelegatedAddress is Address address)
        {
            key = address;
            return true;
        }

        bool found = actor.Code == Manifest.Account
            && blocks.TryGet(actor.State, out ReadOnlyMemory<byte> state)
            && Cbor.TryDecode(state.Span, out AccountState account, out _)
            && TryTake(account.Address, out key);
        return found;
    }

    private static bool TryTake(Address address, out Address key)
    {
        key = address;
        return !address.IsId;
    }
}
