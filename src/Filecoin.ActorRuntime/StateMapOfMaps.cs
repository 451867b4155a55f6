using System.Diagnostics.CodeAnalysis;

namespace Filecoin.ActorRuntime;

/// <summary>Values with two keys: a map of maps, of which none is empty.</summary>
/// <remarks>
/// Spec: actors/common 4.1, MapMap; builtin-actors runtime/src/util/mapmap.rs. Maps are opened when
/// first asked for and written by <see cref="Flush"/>, in the order of their keys' bytes.
/// Errors: as <see cref="StateMap{TKey, TForm, TValue}"/>.
/// </remarks>
public sealed class StateMapOfMaps<TOuter, TOuterForm, TInner, TInnerForm, TValue>
    where TOuterForm : IMapKey<TOuter>
    where TInnerForm : IMapKey<TInner>
    where TValue : ICbor<TValue>
{
    private readonly IRuntime runtime;
    private readonly string name;
    private readonly StateMap<TOuter, TOuterForm, Cid> outer;
    private readonly SortedDictionary<
        byte[], (TOuter Key, StateMap<TInner, TInnerForm, TValue> Map)> opened =
            new(Comparer<byte[]>.Create(
                static (left, right) => left.AsSpan().SequenceCompareTo(right)));

    private StateMapOfMaps(
        IRuntime runtime, StateMap<TOuter, TOuterForm, Cid> outer, string name) =>
        (this.runtime, this.outer, this.name) = (runtime, outer, name);

    /// <summary>Stores an empty map and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime) =>
        StateMap<TOuter, TOuterForm, Cid>.StoreEmpty(runtime);

    /// <summary>Opens a map.</summary>
    public static StateMapOfMaps<TOuter, TOuterForm, TInner, TInnerForm, TValue> Load(
        IRuntime runtime, Cid root, string name) =>
        new(runtime, StateMap<TOuter, TOuterForm, Cid>.Load(runtime, root, name), name);

    /// <summary>Gets a value.</summary>
    public bool TryGet(TOuter first, TInner second, [MaybeNullWhen(false)] out TValue value)
    {
        StateMap<TInner, TInnerForm, TValue> map = Open(first);
        value = default;
        return !map.IsEmpty && map.TryGet(second, out value);
    }

    /// <summary>Sets a value.</summary>
    public void Set(TOuter first, TInner second, TValue value) => Open(first).Set(second, value);

    /// <summary>Sets a value that is absent; false when it is present.</summary>
    public bool SetIfAbsent(TOuter first, TInner second, TValue value) =>
        Open(first).SetIfAbsent(second, value);

    /// <summary>Deletes a value and gives it; false when it was absent.</summary>
    public bool Delete(TOuter first, TInner second, [MaybeNullWhen(false)] out TValue value)
    {
        StateMap<TInner, TInnerForm, TValue> map = Open(first);
        value = default;
        return !map.IsEmpty && map.Delete(second, out value);
    }

    /// <summary>Visits all values of a first key.</summary>
    public void ForEach(TOuter first, Action<TInner, TValue> visit)
    {
        StateMap<TInner, TInnerForm, TValue> map = Open(first);
        if (!map.IsEmpty)
        {
            map.ForEach(visit);
        }
    }

    /// <summary>Visits all first keys, and the roots of what is stored under them.</summary>
    public void ForEachFirst(Action<TOuter, Cid> visit) => outer.ForEach(visit);

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush()
    {
        foreach ((_, (TOuter key, StateMap<TInner, TInnerForm, TValue> map)) in opened)
        {
            if (map.IsEmpty)
            {
                _ = outer.Delete(key, out _);
            }
            else
            {
                outer.Set(key, map.Flush());
            }
        }

        return outer.Flush();
    }

    private StateMap<TInner, TInnerForm, TValue> Open(TOuter key)
    {
        byte[] bytes = TOuterForm.ToBytes(key);
        if (opened.TryGetValue(
            bytes, out (TOuter Key, StateMap<TInner, TInnerForm, TValue> Map) found))
        {
            return found.Map;
        }

        StateMap<TInner, TInnerForm, TValue> map = outer.TryGet(key, out Cid root)
            ? StateMap<TInner, TInnerForm, TValue>.Load(runtime, root, name)
            : StateMap<TInner, TInnerForm, TValue>.Empty(runtime, name);
        opened.Add(bytes, (key, map));
        return map;
    }
}
