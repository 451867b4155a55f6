namespace Filecoin.Ipld;

/// <summary>One entry of a bucket.</summary>
internal readonly record struct HamtEntry<TValue>(byte[] Key, TValue Value);

/// <summary>A bucket, or a child that is linked, cached or changed.</summary>
internal struct HamtPointer<TValue>
    where TValue : ICbor<TValue>
{
    internal HamtEntry<TValue>[]? Bucket;
    internal HamtNode<TValue>? Child;
    internal Cid Link;

    /// <summary>The child has changes that no block holds yet.</summary>
    internal readonly bool IsDirty => Bucket is null && !Link.IsDefined;
}

/// <summary>A decoded node.</summary>
internal sealed class HamtNode<TValue>
    where TValue : ICbor<TValue>
{
    internal Bitmap256 Bitmap;
    internal HamtPointer<TValue>[] Pointers = [];

    internal void Insert(int slot, HamtPointer<TValue> pointer)
    {
        var at = Bitmap.Rank(slot);
        Pointers = ArraySplice.Insert(Pointers, at, pointer);
        Bitmap.Set(slot);
    }

    internal void Remove(int slot)
    {
        Pointers = ArraySplice.RemoveAt(Pointers, Bitmap.Rank(slot));
        Bitmap.Clear(slot);
    }
}

/// <summary>Copies of small arrays with one element more or less.</summary>
internal static class ArraySplice
{
    internal static T[] Insert<T>(T[] items, int at, T item)
    {
        var result = new T[items.Length + 1];
        items.AsSpan(0, at).CopyTo(result);
        result[at] = item;
        items.AsSpan(at).CopyTo(result.AsSpan(at + 1));
        return result;
    }

    internal static T[] RemoveAt<T>(T[] items, int at)
    {
        var result = new T[items.Length - 1];
        items.AsSpan(0, at).CopyTo(result);
        items.AsSpan(at + 1).CopyTo(result.AsSpan(at));
        return result;
    }
}
