namespace Filecoin.Ipld;

/// <summary>Nodes of trees as they were last read or written, decoded.</summary>
/// <remarks>
/// For whoever opens the same states again and again: a chain's head is read by its next block,
/// by its pool and by each call. A CID names one content only, so what is kept is never wrong;
/// nobody changes it, for trees work on copies. Any number of threads may use it.
/// </remarks>
/// <param name="capacity">How many nodes are kept at least; about twice as many at most.</param>
public sealed class DecodedNodes(int capacity)
{
    private readonly Lock gate = new();
    private Dictionary<Key, object> current = [];
    private Dictionary<Key, object> before = [];

    /// <summary>A node as it is read with some options; null if it is not kept.</summary>
    internal HamtNode<TValue>? Get<TValue>(Cid cid, in HamtOptions options)
        where TValue : ICbor<TValue>
    {
        Key key = new(cid, options);
        lock (gate)
        {
            if (!current.TryGetValue(key, out object? node) && before.TryGetValue(key, out node))
            {
                Keep(key, node);
            }

            return node as HamtNode<TValue>;
        }
    }

    /// <summary>Keeps a node that nobody changes from now on.</summary>
    internal void Put<TValue>(Cid cid, in HamtOptions options, HamtNode<TValue> node)
        where TValue : ICbor<TValue>
    {
        lock (gate)
        {
            Keep(new(cid, options), node);
        }
    }

    private void Keep(Key key, object node)
    {
        if (current.Count >= capacity)
        {
            (current, before) = (before, current);
            current.Clear();
        }

        current[key] = node;
    }

    private readonly record struct Key(Cid Cid, HamtOptions Options);
}
