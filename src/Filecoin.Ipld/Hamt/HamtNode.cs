namespace Filecoin.Ipld;

/// <summary>A bucket, or a child that is linked, cached or changed.</summary>
/// <remarks>Buckets are shared between copies of a node: each change makes another one.</remarks>
internal struct HamtPointer<TValue>
    where TValue : ICbor<TValue>
{
    internal TreeEntry<TValue>[]? Bucket;
    internal HamtNode<TValue>? Child;
    internal Cid Link;

    /// <summary>The child has changes that no block holds yet.</summary>
    internal readonly bool IsDirty => Bucket is null && !Link.IsDefined;
}

/// <summary>A decoded node.</summary>
internal sealed class HamtNode<TValue> : TreeNode<HamtPointer<TValue>>
    where TValue : ICbor<TValue>
{
    /// <summary>The same node with pointers of its own, and no child that is cached.</summary>
    internal HamtNode<TValue> Copy()
    {
        HamtNode<TValue> copy = new() { Bitmap = Bitmap, Pointers = [.. Pointers] };
        foreach (ref HamtPointer<TValue> pointer in copy.Pointers.AsSpan())
        {
            pointer.Child = null;
        }

        return copy;
    }
}
