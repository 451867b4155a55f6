namespace Filecoin.Ipld;

/// <summary>One entry of a bucket.</summary>
internal readonly record struct TreeEntry<TValue>(byte[] Key, TValue Value);

/// <summary>Entries of one slot, ascending by key.</summary>
internal static class Bucket
{
    /// <summary>Where a key is, or where it would be inserted.</summary>
    internal static int Find<TValue>(
        TreeEntry<TValue>[] bucket, ReadOnlySpan<byte> key, out bool found)
    {
        for (int i = 0; i < bucket.Length; i++)
        {
            int order = bucket[i].Key.AsSpan().SequenceCompareTo(key);
            if (order >= 0)
            {
                found = order == 0;
                return i;
            }
        }

        found = false;
        return bucket.Length;
    }

    /// <summary>A bucket of entries in any order.</summary>
    internal static TreeEntry<TValue>[] Of<TValue>(List<TreeEntry<TValue>> entries)
    {
        TreeEntry<TValue>[] bucket = [.. entries];
        Array.Sort(bucket, static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        return bucket;
    }
}
