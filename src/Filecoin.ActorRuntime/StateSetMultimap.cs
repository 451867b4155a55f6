namespace Filecoin.ActorRuntime;

/// <summary>Nothing, as the value of a key that is only there or not. CBOR: null.</summary>
public readonly record struct NoValue : ICbor<NoValue>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out NoValue value)
    {
        value = default;
        return reader.TryReadNull() || reader.Fail(CborErrorKind.WrongType);
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteNull();
}

/// <summary>CIDs as keys: their bytes.</summary>
public readonly struct CidKey : IMapKey<Cid>
{
    /// <inheritdoc/>
    public static byte[] ToBytes(Cid key) => key.Bytes.ToArray();

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Cid key) =>
        Cid.TryDecode(bytes, out key);
}

/// <summary>Sets of values by key, each of them a map of its own.</summary>
/// <remarks>
/// Spec: actors/common 4.1; builtin-actors runtime/src/util/set_multimap.rs. Errors: as
/// <see cref="StateMap{TKey, TForm, TValue}"/>.
/// </remarks>
public sealed class StateSetMultimap<TKey, TKeyForm, TItem, TItemForm>
    where TKeyForm : IMapKey<TKey>
    where TItemForm : IMapKey<TItem>
{
    private readonly IRuntime runtime;
    private readonly StateMap<TKey, TKeyForm, Cid> sets;
    private readonly string name;

    private StateSetMultimap(IRuntime runtime, StateMap<TKey, TKeyForm, Cid> sets, string name) =>
        (this.runtime, this.sets, this.name) = (runtime, sets, name);

    /// <summary>Stores an empty map and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime) =>
        StateMap<TKey, TKeyForm, Cid>.StoreEmpty(runtime);

    /// <summary>Opens a map.</summary>
    public static StateSetMultimap<TKey, TKeyForm, TItem, TItemForm> Load(
        IRuntime runtime, Cid root, string name) =>
        new(runtime, StateMap<TKey, TKeyForm, Cid>.Load(runtime, root, name), name);

    /// <summary>Adds values to a key's set, which is written at once.</summary>
    public void Add(TKey key, params ReadOnlySpan<TItem> items)
    {
        StateMap<TItem, TItemForm, NoValue> set = sets.TryGet(key, out Cid root)
            ? StateMap<TItem, TItemForm, NoValue>.Load(runtime, root, name)
            : StateMap<TItem, TItemForm, NoValue>.Empty(runtime, name);
        foreach (TItem item in items)
        {
            set.Set(item, default);
        }

        sets.Set(key, set.Flush());
    }

    /// <summary>The values of a key, in the order of the tree.</summary>
    public IReadOnlyList<TItem> At(TKey key)
    {
        List<TItem> items = [];
        if (sets.TryGet(key, out Cid root))
        {
            StateMap<TItem, TItemForm, NoValue>.Load(runtime, root, name)
                .ForEach((item, _) => items.Add(item));
        }

        return items;
    }

    /// <summary>Removes a key with all its values; nothing if there is none.</summary>
    public void Remove(TKey key) => _ = sets.Delete(key, out _);

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => sets.Flush();
}
