using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Tokens;

/// <summary>What all maps of tokens share.</summary>
internal static class TokenMap
{
    /// <summary>How maps of a width are read; to read one of an impossible width fails.</summary>
    public static HamtOptions Options(uint bitWidth) =>
        new((int)uint.Min(bitWidth, int.MaxValue)) { IsLenient = true };
}

/// <summary>A map from ids, as the token's library keeps it.</summary>
/// <remarks>
/// Spec: actors/datacap; actors-utils frc46_token/src/token/state.rs. Unlike other actors' maps
/// it hashes keys itself, so that nothing is paid for that. Errors: USR_SERIALIZATION, a node
/// cannot be read or written, or a key not looked for as nodes do not use 1 to 8 bits of it.
/// USR_ASSERTION_FAILED, a node is read that uses 32 bits or more.
/// </remarks>
internal sealed class TokenMap<TValue>
    where TValue : ICbor<TValue>
{
    private readonly Hamt<TValue> tree;

    private TokenMap(Hamt<TValue> tree) => this.tree = tree;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => tree.IsEmpty;

    /// <summary>An empty map, of which nothing is stored yet.</summary>
    public static TokenMap<TValue> Empty(IBlockstore store, uint bitWidth) =>
        Guard(() => new TokenMap<TValue>(new(store, TokenMap.Options(bitWidth))));

    /// <summary>Opens a map.</summary>
    public static TokenMap<TValue> Load(IBlockstore store, Cid root, uint bitWidth) => Guard(
        () => new TokenMap<TValue>(Hamt<TValue>.Load(store, root, TokenMap.Options(bitWidth))));

    /// <summary>Gets the value of an id.</summary>
    public bool TryGet(ActorId id, [MaybeNullWhen(false)] out TValue value)
    {
        (bool isFound, TValue? found) = Guard(() =>
        {
            bool isThere = tree.TryGet(UInt64Key.ToBytes(id.Value), out TValue? existing);
            return (isThere, existing);
        });
        value = found;
        return isFound;
    }

    /// <summary>Sets the value of an id.</summary>
    public void Set(ActorId id, TValue value) =>
        _ = Guard(() => tree.Set(UInt64Key.ToBytes(id.Value), value));

    /// <summary>Deletes an id and gives its last value; false when it was absent.</summary>
    public bool Delete(ActorId id, [MaybeNullWhen(false)] out TValue value)
    {
        (bool isFound, TValue? found) = Guard(() =>
        {
            bool isThere = tree.Delete(UInt64Key.ToBytes(id.Value), out TValue? existing);
            return (isThere, existing);
        });
        value = found;
        return isFound;
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => Guard(tree.Flush);

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IpldException failure)
        {
            string message = $"token state: {failure.Message}";
            throw failure.Failure == IpldFailure.Panic
                ? Abort.AssertionFailed(message)
                : Abort.Serialization(message);
        }
    }
}
