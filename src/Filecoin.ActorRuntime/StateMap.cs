using System.Diagnostics.CodeAnalysis;

namespace Filecoin.ActorRuntime;

/// <summary>How keys of a map become bytes.</summary>
public interface IMapKey<TKey>
{
    /// <summary>The bytes of a key.</summary>
    static abstract byte[] ToBytes(TKey key);

    /// <summary>The key with these bytes; false if there is none.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> bytes, out TKey key);
}

/// <summary>A map in an actor's state, from keys to values.</summary>
/// <remarks>
/// Spec: actors/common 4.1; builtin-actors runtime/src/util/map.rs. Keys are hashed by the machine
/// and paid for. Errors: USR_ILLEGAL_STATE, a node cannot be had or written, or is malformed.
/// </remarks>
public sealed class StateMap<TKey, TForm, TValue>
    where TForm : IMapKey<TKey>
    where TValue : ICbor<TValue>
{
    /// <summary>Hash bits that a node uses unless an actor says otherwise.</summary>
    public const int BitWidth = 5;

    private readonly Hamt<TValue> tree;
    private readonly string name;

    private readonly ExitCode malformed;

    private StateMap(Hamt<TValue> tree, string name, ExitCode malformed) =>
        (this.tree, this.name, this.malformed) = (tree, name, malformed);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => tree.IsEmpty;

    /// <summary>An empty map, of which nothing is stored yet.</summary>
    public static StateMap<TKey, TForm, TValue> Empty(
        IRuntime runtime, string name, int bitWidth = BitWidth) =>
        new(new(runtime.Store, Options(runtime, bitWidth)), name, ExitCode.UserIllegalState);

    /// <summary>Stores an empty map and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime, int bitWidth = BitWidth) =>
        Empty(runtime, "empty", bitWidth).Flush();

    /// <summary>Opens a map.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="root">Its root.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="bitWidth">Hash bits that a node uses.</param>
    /// <param name="malformed">
    /// How an actor ends that finds a malformed node; USR_ILLEGAL_STATE unless given.
    /// </param>
    public static StateMap<TKey, TForm, TValue> Load(
        IRuntime runtime,
        Cid root,
        string name,
        int bitWidth = BitWidth,
        ExitCode? malformed = null)
    {
        StateMap<TKey, TForm, TValue> map = new(
            new(runtime.Store, Options(runtime, bitWidth)),
            name,
            malformed ?? ExitCode.UserIllegalState);
        return map.Guard(() => new StateMap<TKey, TForm, TValue>(
            Hamt<TValue>.Load(runtime.Store, root, Options(runtime, bitWidth)),
            name,
            map.malformed));
    }

    /// <summary>Gets the value of a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        try
        {
            return tree.TryGet(TForm.ToBytes(key), out value);
        }
        catch (IpldException failure)
        {
            throw Broken(failure);
        }
    }

    /// <summary>Whether there is a key.</summary>
    public bool Has(TKey key) => TryGet(key, out _);

    /// <summary>Sets the value of a key.</summary>
    public void Set(TKey key, TValue value)
    {
        try
        {
            _ = tree.Set(TForm.ToBytes(key), value);
        }
        catch (IpldException failure)
        {
            throw Broken(failure);
        }
    }

    /// <summary>Sets the value of a key that is absent; false when it is present.</summary>
    public bool SetIfAbsent(TKey key, TValue value)
    {
        try
        {
            return tree.SetIfAbsent(TForm.ToBytes(key), value);
        }
        catch (IpldException failure)
        {
            throw Broken(failure);
        }
    }

    /// <summary>Deletes a key and gives its last value; false when it was absent.</summary>
    public bool Delete(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        try
        {
            return tree.Delete(TForm.ToBytes(key), out value);
        }
        catch (IpldException failure)
        {
            throw Broken(failure);
        }
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => Guard(tree.Flush);

    /// <summary>Visits all entries, in the order of the tree.</summary>
    public void ForEach(Action<TKey, TValue> visit) => _ = Guard(() =>
    {
        foreach ((ReadOnlyMemory<byte> bytes, TValue value) in tree.Entries())
        {
            if (!TForm.TryParse(bytes.Span, out TKey key))
            {
                throw Abort.IllegalState($"invalid key in map {name}");
            }

            visit(key, value);
        }

        return true;
    });

    private static HamtOptions Options(IRuntime runtime, int bitWidth) =>
        new(bitWidth) { Hasher = runtime, IsLenient = true };

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IpldException failure)
        {
            throw Broken(failure);
        }
    }

    private ActorAbortException Broken(IpldException failure) => new(
        failure.Failure == IpldFailure.Malformed ? malformed : ExitCode.UserIllegalState,
        $"map {name}: {failure.Message}");
}

/// <summary>Addresses as keys.</summary>
public readonly struct AddressKey : IMapKey<Address>
{
    /// <inheritdoc/>
    public static byte[] ToBytes(Address key) => key.ToBytes();

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Address key) =>
        Address.TryDecode(bytes, out key);
}

/// <summary>Numbers as keys: varints of 7 bits a byte, lowest first.</summary>
public readonly struct UInt64Key : IMapKey<ulong>
{
    /// <inheritdoc/>
    public static byte[] ToBytes(ulong key)
    {
        Span<byte> buffer = stackalloc byte[Varint.LengthMax];
        return buffer[..Varint.Write(buffer, key)].ToArray();
    }

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ulong key) =>
        Varint.TryRead(bytes, out key, out int consumed) && consumed == bytes.Length;
}

/// <summary>Signed numbers as keys: varints of 0, -1, 1, -2 … counted from 0.</summary>
public readonly struct Int64Key : IMapKey<long>
{
    /// <inheritdoc/>
    public static byte[] ToBytes(long key) =>
        UInt64Key.ToBytes(unchecked((ulong)((key << 1) ^ (key >> 63))));

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out long key)
    {
        bool isParsed = UInt64Key.TryParse(bytes, out ulong zigzag);
        key = unchecked((long)(zigzag >> 1) ^ -(long)(zigzag & 1));
        return isParsed;
    }
}
