using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>What actors can ask about the chain that ends with a tipset.</summary>
/// <remarks>
/// Spec: crypto 6; lotus chain/rand/rand.go. Randomness is the hash of what the chain has for an
/// epoch. An epoch without tipset has the ticket of the first tipset after it, and of the beacon
/// that tipset's entry, hashed with the epoch: on a network that skips epochs at will no entry is
/// made for each.
/// </remarks>
internal sealed class ChainExterns(
    ChainStore store, Tipset head, bool isAhead = false) : IExterns
{
    private const int LookbackMax = 20;

    public bool TryGetChainRandomness(ChainEpoch epoch, Span<byte> randomness)
    {
        if (!TryFind(NotNegative(epoch), out Tipset? tipset))
        {
            return false;
        }

        Hash(tipset.MinTicket.VrfProof.Span, randomness);
        return true;
    }

    public bool TryGetBeaconRandomness(ChainEpoch epoch, Span<byte> randomness)
    {
        ChainEpoch wanted = NotNegative(epoch);
        if (!TryFind(wanted, out Tipset? tipset))
        {
            return false;
        }

        bool isOwn = tipset.Epoch == wanted;
        for (int i = 0; i < LookbackMax; i++)
        {
            ValueList<BeaconEntry> entries = tipset.Blocks[0].BeaconEntries;
            if (entries.Count > 0)
            {
                ReadOnlyMemory<byte> data = entries[entries.Count - 1].Data;
                Hash(isOwn ? data.Span : Cbor.Encode(
                    new BeaconEntry((ulong)wanted.Value, data)), randomness);
                return true;
            }

            if (!store.TryGetTipset(tipset.Parents, out tipset))
            {
                return false;
            }
        }

        return false;
    }

    public bool TryGetTipsetCid(ChainEpoch epoch, out Cid tipset)
    {
        bool found = store.TryGetAtOrBefore(head, epoch, out Tipset? at);
        tipset = found ? at!.KeyCid : default;
        return found;
    }

    /// <summary>A network with one miner, whom nobody accuses.</summary>
    public bool TryFindConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault)
    {
        fault = null;
        return false;
    }

    /// <summary>
    /// What an epoch is drawn from; where calls are ahead of the chain, epochs to come are drawn
    /// from the head.
    /// </summary>
    private bool TryFind(ChainEpoch epoch, [NotNullWhen(true)] out Tipset? tipset)
    {
        bool isToCome = epoch.Value > head.Epoch.Value;
        tipset = isToCome && isAhead ? head : null;
        return tipset is not null
            || (!isToCome && store.TryGetAtOrAfter(head, epoch, out tipset));
    }

    private static ChainEpoch NotNegative(ChainEpoch epoch) => new(long.Max(0, epoch.Value));

    /// <summary>BLAKE2b-256, which a CID of the bytes holds.</summary>
    private static void Hash(ReadOnlySpan<byte> bytes, Span<byte> target32) =>
        Cid.Of(Codec.Raw, bytes).Digest.CopyTo(target32);
}
