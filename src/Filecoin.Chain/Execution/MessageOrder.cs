namespace Filecoin.Chain;

/// <summary>Which messages of a tipset's blocks run: of each sender's nonces, each once.</summary>
/// <remarks>
/// Spec: lotus chain/store/messages.go, BlockMsgsForTipset. The first message of a sender is
/// believed, for a block with another nonce is not valid. As soon as one sender is an id, all are
/// told apart by id.
/// </remarks>
internal sealed class MessageOrder(StateTree state)
{
    private Dictionary<Address, ulong> next = [];
    private bool usesIds;

    public bool Takes(Message message)
    {
        if (message.From.IsId && !usesIds)
        {
            usesIds = true;
            Dictionary<Address, ulong> byId = [];
            foreach ((Address sender, ulong nonce) in next)
            {
                byId[IdOf(sender)] = nonce;
            }

            next = byId;
        }

        Address key = usesIds ? IdOf(message.From) : message.From;
        if (next.TryGetValue(key, out ulong expected) && expected != message.Nonce)
        {
            return false;
        }

        next[key] = message.Nonce + 1;
        return true;
    }

    private Address IdOf(Address sender) => state.TryResolve(sender, out ActorId id)
        ? Address.FromId(id)
        : throw new TipsetRefusedException(
            $"no actor has the sender's address {sender.ToTestnetString()}");
}
