namespace Filecoin.Ipld;

/// <summary>A bucket, or a child some levels below that is linked, cached or changed.</summary>
internal struct KamtPointer<TValue>
    where TValue : ICbor<TValue>
{
    internal TreeEntry<TValue>[]? Bucket;
    internal KamtNode<TValue>? Child;
    internal Cid Link;
    internal PathExtension Extension;

    /// <summary>The child has changes that no block holds yet.</summary>
    internal readonly bool IsDirty => Bucket is null && !Link.IsDefined;
}

/// <summary>A decoded node.</summary>
internal sealed class KamtNode<TValue> : TreeNode<KamtPointer<TValue>>
    where TValue : ICbor<TValue>;
