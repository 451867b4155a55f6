namespace Filecoin.Actors.Miner;

/// <summary>Sets of numbers by the epoch at which they are due: an AMT.</summary>
/// <remarks>
/// Spec: actors/miner-state, queues; builtin-actors actors/miner/src/bitfield_queue.rs. Errors:
/// USR_ILLEGAL_STATE, the list cannot be read or an epoch is negative.
/// </remarks>
public sealed class BitFieldQueue
{
    private readonly StateArray<BitField> list;
    private readonly Quantization quantization;
    private BitField largest;

    private BitFieldQueue(StateArray<BitField> list, Quantization quantization) =>
        (this.list, this.quantization) = (list, quantization);

    /// <summary>At how many epochs something is due.</summary>
    public ulong Count => list.Count;

    /// <summary>Opens a queue.</summary>
    public static BitFieldQueue Load(IRuntime runtime, Cid root, Quantization quantization) =>
        new(StateArray<BitField>.Load(runtime, root, "bit field queue"), quantization);

    /// <summary>The index of an epoch in a queue.</summary>
    public static ulong KeyOf(long epoch) => epoch >= 0
        ? (ulong)epoch
        : throw Abort.IllegalState($"negative epoch {epoch} in a queue");

    /// <summary>The epoch of an index in a queue.</summary>
    public static long EpochOf(ulong key) => unchecked((long)key);

    /// <summary>The epoch of an index in a queue, which must be one.</summary>
    public static long RequireEpoch(ulong key) => key <= long.MaxValue
        ? (long)key
        : throw Abort.IllegalState($"epoch {key} of a queue is too large");

    /// <summary>Adds numbers that are due at an epoch, rounded up.</summary>
    public void Add(long rawEpoch, BitField values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        ulong key = KeyOf(quantization.Up(rawEpoch));
        BitField all = list.TryGet(key, out BitField before) ? before.Union(values) : values;
        largest = all.Runs.Length > largest.Runs.Length ? all : largest;
        list.Set(key, all);
    }

    /// <summary>Adds numbers, those of one epoch together, epochs ascending.</summary>
    public void AddEach(IEnumerable<(long Epoch, ulong Value)> values)
    {
        SortedDictionary<long, List<ulong>> byEpoch = [];
        foreach ((long epoch, ulong value) in values)
        {
            long rounded = quantization.Up(epoch);
            if (!byEpoch.TryGetValue(rounded, out List<ulong>? numbers))
            {
                byEpoch.Add(rounded, numbers = []);
            }

            numbers.Add(value);
        }

        foreach ((long epoch, List<ulong> numbers) in byEpoch)
        {
            Add(epoch, SectorNumbers.Of(numbers));
        }
    }

    /// <summary>Takes places out of all sets and closes up what follows.</summary>
    public void Cut(BitField places)
    {
        List<ulong> emptied = [];
        list.Visit((ulong key, ref BitField values) =>
        {
            BitField rest = values.Cut(places);
            if (rest.IsEmpty)
            {
                emptied.Add(key);
                return AmtVisit.Next;
            }

            values = rest;
            return AmtVisit.Changed;
        });
        list.DeleteAll(emptied);
    }

    /// <summary>Takes out what is due up to an epoch, and tells whether anything was.</summary>
    public (BitField Values, bool IsModified) PopUntil(long until)
    {
        BitField values = default;
        List<ulong> popped = [];
        foreach ((ulong key, BitField due) in list.Entries())
        {
            if (EpochOf(key) > until)
            {
                break;
            }

            popped.Add(key);
            values = values.Union(due);
        }

        list.DeleteAll(popped);
        return (values, popped.Count > 0);
    }

    /// <summary>
    /// Takes out some numbers, the earliest first: by epoch, with how many there are.
    /// </summary>
    public (SortedDictionary<long, BitField> ByEpoch, ulong Count) Take(ulong countMax)
    {
        SortedDictionary<long, BitField> taken = [];
        List<ulong> emptied = [];
        (ulong Key, BitField Left)? remaining = null;
        ulong count = 0;
        foreach ((ulong key, BitField due) in list.Entries())
        {
            long epoch = RequireEpoch(key);
            ulong limit = countMax - count;
            BitField part = due;
            if (limit < due.Count)
            {
                _ = due.TrySlice(0, limit, out part);
                remaining = (key, due.Except(part));
                count += limit;
            }
            else
            {
                emptied.Add(key);
                count += due.Count;
            }

            taken[epoch] = part;
            if (count >= countMax)
            {
                break;
            }
        }

        list.DeleteAll(emptied);
        if (remaining is (ulong lastKey, BitField rest))
        {
            list.Set(lastKey, rest);
        }

        return (taken, count);
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    /// <exception cref="ActorAbortException">USR_SERIALIZATION, a set is too large.</exception>
    public Cid Flush()
    {
        try
        {
            return list.Flush();
        }
        catch (ActorAbortException failure) when (IsTooLarge(largest))
        {
            throw Abort.Serialization(failure.Message);
        }
    }

    private static bool IsTooLarge(BitField values) =>
        values.Encode().Length > BitField.EncodedLengthMax;
}
