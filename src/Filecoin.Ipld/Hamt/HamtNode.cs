namespace Filecoin.Ipld;

/// <summary>A bucket, or a child that is linked, cached or changed.</summary>
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
    where TValue : ICbor<TValue>;
