namespace Filecoin.Ipld;

/// <content>Iteration: slots ascending, keys ascending inside a bucket.</content>
public sealed partial class Hamt<TValue>
{
    /// <summary>The entries in canonical order; nodes read are kept.</summary>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, TValue>> Entries()
    {
        var path = new Stack<(HamtNode<TValue> Node, int Next)>();
        path.Push((root, 0));
        while (path.TryPop(out var at))
        {
            if (at.Next == at.Node.Pointers.Length)
            {
                continue;
            }

            path.Push((at.Node, at.Next + 1));
            if (at.Node.Pointers[at.Next].Bucket is { } bucket)
            {
                foreach (var entry in bucket)
                {
                    yield return new(entry.Key, entry.Value);
                }
            }
            else
            {
                var child = ChildOf(ref at.Node.Pointers[at.Next], path.Count - 1);
                path.Push((child, 0));
            }
        }
    }

    /// <summary>Visits the entries in canonical order; nodes read are kept.</summary>
    public void ForEach(Action<ReadOnlyMemory<byte>, TValue> visit) =>
        ForEach(root, 0, visit, keep: true);

    /// <summary>Visits the entries; reads every unchanged node anew and keeps none.</summary>
    public void ForEachUncached(Action<ReadOnlyMemory<byte>, TValue> visit) =>
        ForEach(root, 0, visit, keep: false);

    private void ForEach(
        HamtNode<TValue> node, int depth, Action<ReadOnlyMemory<byte>, TValue> visit, bool keep)
    {
        foreach (ref var pointer in node.Pointers.AsSpan())
        {
            if (pointer.Bucket is { } bucket)
            {
                foreach (var entry in bucket)
                {
                    visit(entry.Key, entry.Value);
                }

                continue;
            }

            var child = keep || pointer.IsDirty
                ? ChildOf(ref pointer, depth)
                : HamtCodec<TValue>.Load(store, pointer.Link, options, depth + 1);
            ForEach(child, depth + 1, visit, keep);
        }
    }
}
