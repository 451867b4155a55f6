namespace Filecoin.Vm;

/// <summary>The map from ids to actors, in either form that actors have had.</summary>
/// <remarks>Spec: message-execution 3.1, 3.2.</remarks>
internal abstract class ActorMap
{
    private const ulong FirstWithDelegatedAddress = 5;

    /// <summary>Bytes of the longest id address.</summary>
    protected const int KeyBytesMax = 11;

    protected static HamtOptions Options { get; } =
        new(BitWidth: 5) { Hasher = new IdHasher() };

    public static ActorMap Load(IBlockstore store, Cid root, ulong version)
    {
        try
        {
            return version >= FirstWithDelegatedAddress
                ? new Of<ActorState>(store, root, actor => actor, actor => actor)
                : new Of<LegacyActorState>(
                    store, root, actor => actor.ToCurrent(), LegacyActorState.From);
        }
        catch (IpldException failure)
        {
            throw new FatalException($"actors {root}: {failure.Message}", failure);
        }
    }

    public abstract bool TryGet(ActorId id, out ActorState actor);

    public abstract void Set(ActorId id, ActorState? actor);

    public abstract Cid Flush();

    public abstract void ForEach(Action<ActorId, ActorState> visit);

    protected static ReadOnlySpan<byte> KeyOf(ActorId id, Span<byte> buffer) =>
        buffer[..Address.FromId(id).Encode(buffer)];

    private sealed class Of<T>(
        IBlockstore store, Cid root, Func<T, ActorState> toCurrent, Func<ActorState, T> fromCurrent)
        : ActorMap
        where T : ICbor<T>
    {
        private readonly Hamt<T> map = Hamt<T>.Load(store, root, Options);

        public override bool TryGet(ActorId id, out ActorState actor)
        {
            Span<byte> key = stackalloc byte[KeyBytesMax];
            try
            {
                bool found = map.TryGet(KeyOf(id, key), out T? value);
                actor = found ? toCurrent(value!) : default;
                return found;
            }
            catch (IpldException failure)
            {
                throw new FatalException($"actor {id.Value}: {failure.Message}", failure);
            }
        }

        public override void Set(ActorId id, ActorState? actor)
        {
            Span<byte> key = stackalloc byte[KeyBytesMax];
            try
            {
                _ = actor is ActorState state
                    ? map.Set(KeyOf(id, key), fromCurrent(state))
                    : map.Delete(KeyOf(id, key));
            }
            catch (IpldException failure)
            {
                throw new FatalException($"actor {id.Value}: {failure.Message}", failure);
            }
        }

        public override Cid Flush()
        {
            try
            {
                return map.Flush();
            }
            catch (IpldException failure)
            {
                throw new FatalException($"actors: {failure.Message}", failure);
            }
        }

        public override void ForEach(Action<ActorId, ActorState> visit)
        {
            map.ForEach((key, value) =>
            {
                if (Address.TryDecode(key.Span, out Address address)
                    && address.TryGetId(out ActorId id))
                {
                    visit(id, toCurrent(value));
                }
            });
        }
    }
}
