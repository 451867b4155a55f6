namespace Filecoin.Chain;

/// <content>Which states there are.</content>
public sealed partial class Blockchain
{
    /// <summary>The root of the state that a tipset led to.</summary>
    /// <exception cref="StateMissingException">It is not in the store.</exception>
    private Cid KeptStateOf(Tipset tipset)
    {
        Cid root = RecordOf(tipset).StateRoot;
        return tipset.Key == Head.Key || Store.Blocks.Has(root)
            ? root
            : throw new StateMissingException(tipset.Epoch, FirstStateAfter(tipset).Epoch);
    }

    /// <summary>The first tipset after one without state that has its own.</summary>
    /// <remarks>Snapshots have the states of the last epochs: from one on all are there.</remarks>
    private Tipset FirstStateAfter(Tipset missing)
    {
        Tipset first = Head;
        long low = missing.Epoch.Value + 1;
        while (low < first.Epoch.Value)
        {
            long middle = low + ((first.Epoch.Value - low) / 2);
            if (!TryGetTipset(new(middle), NullRound.Before, out Tipset? at)
                || at.Epoch.Value < low
                || !Store.Blocks.Has(RecordOf(at).StateRoot))
            {
                low = middle + 1;
            }
            else
            {
                first = at;
            }
        }

        return first;
    }
}

/// <summary>A state of the past is not kept.</summary>
/// <remarks>
/// A snapshot has the states of its last epochs alone; but the store may have lost one otherwise.
/// </remarks>
/// <param name="asked">The epoch that it is of.</param>
/// <param name="first">An epoch after it whose state is there.</param>
public sealed class StateMissingException(ChainEpoch asked, ChainEpoch first) : Exception(
    $"no state of epoch {asked} in the store: it has that of epoch {first} again");
