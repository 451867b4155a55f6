using System.Diagnostics.CodeAnalysis;

namespace Filecoin.ActorRuntime;

/// <summary>A list with gaps in an actor's state.</summary>
/// <remarks>
/// Spec: actors/common 4.1; ref-fvm ipld/amt; builtin-actors runtime/src/util/downcast.rs. Errors:
/// USR_ILLEGAL_STATE, a node cannot be had or written, or an index is out of range. What an owner
/// says, a node is malformed. USR_ASSERTION_FAILED, where the reference panics.
/// </remarks>
public sealed class StateArray<TValue>
    where TValue : ICbor<TValue>
{
    private readonly Amt<TValue> tree;
    private readonly string name;
    private readonly ExitCode malformed;

    private StateArray(Amt<TValue> tree, string name, ExitCode malformed) =>
        (this.tree, this.name, this.malformed) = (tree, name, malformed);

    /// <summary>How many values there are.</summary>
    public ulong Count => tree.Count;

    /// <summary>An empty list, of which nothing is stored yet.</summary>
    public static StateArray<TValue> Empty(IRuntime runtime, string name, int bitWidth) =>
        new(new(runtime.Store, bitWidth), name, ExitCode.UserSerialization);

    /// <summary>Stores an empty list and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime, int bitWidth) =>
        Empty(runtime, "empty", bitWidth).Flush();

    /// <summary>Opens a list, which says itself how wide its nodes are.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="root">Its root.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="malformed">
    /// How an actor ends that finds a malformed node; USR_SERIALIZATION unless given.
    /// </param>
    public static StateArray<TValue> Load(
        IRuntime runtime, Cid root, string name, ExitCode? malformed = null)
    {
        ExitCode code = malformed ?? ExitCode.UserSerialization;
        try
        {
            return new(Amt<TValue>.Load(runtime.Store, root, isLenient: true), name, code);
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure, code);
        }
    }

    /// <summary>The same list, of which a malformed node ends an actor otherwise.</summary>
    public StateArray<TValue> With(ExitCode malformed) => new(tree, name, malformed);

    /// <summary>Gets the value at an index.</summary>
    public bool TryGet(ulong index, [MaybeNullWhen(false)] out TValue value)
    {
        RequireIndex(index);
        try
        {
            return tree.TryGet(index, out value);
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    /// <summary>Sets the value at an index.</summary>
    public void Set(ulong index, TValue value)
    {
        RequireIndex(index);
        try
        {
            tree.Set(index, value);
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    /// <summary>Deletes a value and gives it; false if there was none.</summary>
    public bool Delete(ulong index, [MaybeNullWhen(false)] out TValue value)
    {
        RequireIndex(index);
        try
        {
            return tree.Delete(index, out value);
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    /// <summary>Deletes values, all of which must be there, the lowest first.</summary>
    public void DeleteAll(IEnumerable<ulong> indexes)
    {
        List<ulong> sorted = [.. indexes];
        sorted.Sort();
        foreach (ulong index in sorted)
        {
            if (!Delete(index, out _))
            {
                throw Abort.IllegalState($"list {name} has nothing at {index}");
            }
        }
    }

    /// <summary>Visits values in order, and may change them.</summary>
    public void Visit(AmtVisitor<TValue> visitor)
    {
        try
        {
            tree.Visit(visitor);
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    /// <summary>The values from an index on; whoever stops early reads no more nodes.</summary>
    public IEnumerable<KeyValuePair<ulong, TValue>> Entries(ulong start = 0)
    {
        using IEnumerator<KeyValuePair<ulong, TValue>> entries =
            tree.Entries(start).GetEnumerator();
        while (MoveNext(entries))
        {
            yield return entries.Current;
        }
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush()
    {
        try
        {
            return tree.Flush();
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    private bool MoveNext(IEnumerator<KeyValuePair<ulong, TValue>> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (IpldException failure)
        {
            throw Broken(name, failure);
        }
    }

    private void RequireIndex(ulong index)
    {
        if (index > Amt<TValue>.IndexMax)
        {
            throw Abort.IllegalState($"list {name}: index {index} is out of range");
        }
    }

    private ActorAbortException Broken(string name, IpldException failure) =>
        Broken(name, failure, malformed);

    private static ActorAbortException Broken(
        string name, IpldException failure, ExitCode malformed) => new(
            failure.Failure switch
            {
                IpldFailure.Malformed => malformed,
                IpldFailure.Panic => ExitCode.UserAssertionFailed,
                _ => ExitCode.UserIllegalState,
            },
            $"list {name}: {failure.Message}");
}
