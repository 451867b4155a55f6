using Filecoin.ActorRuntime;
using Filecoin.Actors.Invariants;
using Filecoin.Actors.Power;

namespace Filecoin.Chain.Tests;

/// <summary>Looks at the state that a chain's head led to.</summary>
internal sealed class StateOf(Blockchain chain)
{
    private readonly StateTree tree = StateTree.Load(
        chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);

    public TokenAmount Total
    {
        get
        {
            TokenAmount total = TokenAmount.Zero;
            tree.ForEach((_, actor) => total += actor.Balance);
            return total;
        }
    }

    public ActorState Actor(ActorId id) => tree.TryGetActor(id, out ActorState actor)
        ? actor
        : throw new ArgumentException($"no actor f0{id}");

    public T Load<T>(ActorId id)
        where T : ICbor<T> => chain.Store.Blocks.GetCbor<T>(Actor(id).State);

    /// <summary>Bytes of storage that a miner has proven and that are not faulty.</summary>
    public long PowerOf(ActorId miner) => Hamt<Claim>.Load(
        chain.Store.Blocks,
        Load<PowerState>(WellKnownActors.StoragePower).Claims,
        new HamtOptions(BitWidth: 5)).TryGet(Address.FromId(miner).ToBytes(), out Claim claim)
            ? (long)claim.RawBytePower.Value
            : 0;

    /// <summary>What does not hold of the state, if all FIL is to be so much.</summary>
    public IReadOnlyList<string> Complaints(TokenAmount total)
    {
        List<(ActorId Id, ActorState Actor)> actors = [];
        tree.ForEach((id, actor) => actors.Add((id, actor)));

        // Cron has not run in the first epoch.
        ChainEpoch last = chain.Head.Epoch.Value == 0 ? new(-1) : chain.Head.Epoch;
        return StateInvariants.Check(
            actors, chain.Store.Blocks, last, Policy.Mainnet, total);
    }
}
