using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>
/// A contract during one call: its state in memory, written before others are called.
/// </summary>
/// <remarks>
/// Spec: actors/evm 3.3; builtin-actors actors/evm/src/interpreter/system.rs. Blocks are read and
/// written in the reference's order, which is that of the charges.
/// </remarks>
internal sealed class LiveContract
{
    /// <summary>Longest code, in bytes.</summary>
    internal const int CodeLengthMax = 24 << 10;

    /// <summary>The first byte that no code has, kept for formats to come.</summary>
    internal const byte ReservedCodeStart = 0xef;

    private readonly MessageMark message;
    private Kamt<StorageWord> slots;
    private WholeWord bytecodeHash;
    private MessageMark? tombstone;

    // Most contracts have none.
    private Kamt<StorageWord>? transients;

    // The root that holds all of this; none if something has changed since.
    private Cid saved;

    private LiveContract(IRuntime runtime, bool isReadOnly)
    {
        (Runtime, IsReadOnly, message) = (runtime, isReadOnly, MessageMark.Of(runtime));
        slots = new(runtime.Store, KamtOptions.ContractStorage);
    }

    private LiveContract(IRuntime runtime, in EvmState state, Cid root)
    {
        (Runtime, IsReadOnly, message) = (runtime, runtime.IsReadOnly, MessageMark.Of(runtime));
        transients = LoadTransients(state);
        slots = Kamt<StorageWord>.Load(
            runtime.Store, state.ContractState, KamtOptions.ContractStorage);
        Take(state, root);
    }

    /// <summary>The machine.</summary>
    internal IRuntime Runtime { get; }

    /// <summary>Whether nothing may change.</summary>
    internal bool IsReadOnly { get; }

    /// <summary>Counts attempts to make contracts.</summary>
    internal ulong Nonce { get; private set; } = 1;

    /// <summary>The code; none in a constructor and if the contract is dead.</summary>
    internal Cid Bytecode { get; private set; }

    /// <summary>A new contract.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, the actor has state.</exception>
    internal static LiveContract Create(IRuntime runtime)
    {
        Cid root = runtime.RequireStateRoot();
        return root == StateAccess.EmptyRoot
            ? new(runtime, runtime.IsReadOnly)
            : throw Abort.IllegalState("cannot create over an existing actor");
    }

    /// <summary>A new contract in place of a dead one.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_FORBIDDEN, it is not dead. USR_SERIALIZATION or USR_ILLEGAL_STATE, cannot be read.
    /// </exception>
    internal static LiveContract Resurrect(IRuntime runtime)
    {
        EvmState state = Read(runtime, runtime.RequireStateRoot());
        return state.IsDead(MessageMark.Of(runtime))
            ? new(runtime, runtime.IsReadOnly)
            : throw Abort.Forbidden("can only resurrect a dead contract");
    }

    /// <summary>The contract as it is stored; without code and read-only if it is dead.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_SERIALIZATION or USR_ILLEGAL_STATE, it cannot be read.
    /// </exception>
    /// <exception cref="IpldException">Its storage cannot be read.</exception>
    internal static LiveContract Load(IRuntime runtime)
    {
        Cid root = runtime.RequireStateRoot();
        EvmState state = Read(runtime, root);
        return state.IsDead(MessageMark.Of(runtime))
            ? new(runtime, isReadOnly: true)
            : new(runtime, state, root);
    }

    /// <summary>Calls an actor with all that has changed written, and sees its changes.</summary>
    /// <exception cref="ActorAbortException">USR_FORBIDDEN, see <see cref="Flush"/>.</exception>
    internal SendResult Send(in SendRequest request)
    {
        Flush();
        SendResult result = Runtime.Send(request);

        // After a failure nothing can have changed.
        if (result.IsSuccess)
        {
            Reload();
        }

        return result;
    }

    /// <summary>Writes what has changed.</summary>
    /// <exception cref="ActorAbortException">USR_FORBIDDEN, the call is read-only.</exception>
    internal void Flush()
    {
        if (saved.IsDefined)
        {
            return;
        }

        if (IsReadOnly)
        {
            throw Abort.Forbidden("contract invocation is read only");
        }

        if (!Bytecode.IsDefined)
        {
            SetBytecode(default);
        }

        TransientData? transient =
            transients is null or { IsEmpty: true } ? null : new(transients.Flush(), message);
        EvmState state =
            new(Bytecode, bytecodeHash, slots.Flush(), transient, Nonce, tombstone);
        Cid root = Runtime.Store.PutCbor(state);
        Runtime.ReplaceStateRoot(root);
        saved = root;
    }

    /// <summary>Gives the contract its code.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, it may not have it.</exception>
    internal void SetBytecode(ReadOnlyMemory<byte> code)
    {
        saved = default;
        if (code.Length > CodeLengthMax)
        {
            throw Abort.IllegalArgument(
                $"code of {code.Length} bytes is longer than {CodeLengthMax}");
        }

        if (code.Span is [ReservedCodeStart, ..])
        {
            throw Abort.IllegalArgument("code must not start with the byte ef");
        }

        Span<byte> digest = stackalloc byte[U256.Length];
        _ = Runtime.Hash(HashFunction.Keccak256, code.Span, digest);
        Bytecode = Runtime.Store.Put(Codec.Raw, code);
        bytecodeHash = new(U256.FromBigEndian(digest));
    }

    /// <summary>A slot's value; zero if it has none.</summary>
    internal U256 LoadSlot(in U256 key) => Get(slots, key);

    /// <summary>Sets a slot; zero deletes it.</summary>
    internal void StoreSlot(in U256 key, in U256 value) => Set(slots, key, value);

    /// <summary>A slot's value in the message's storage; zero if it has none.</summary>
    internal U256 LoadTransient(in U256 key) =>
        transients is null ? U256.Zero : Get(transients, key);

    /// <summary>Sets a slot of the message's storage; zero deletes it.</summary>
    internal void StoreTransient(in U256 key, in U256 value) => Set(
        transients ??= new(Runtime.Store, KamtOptions.ContractStorage), key, value);

    /// <summary>Counts the nonce up.</summary>
    /// <exception cref="OverflowException">The reference panics as well.</exception>
    internal void IncrementNonce()
    {
        saved = default;
        Nonce = checked(Nonce + 1);
    }

    /// <summary>Lets the contract be dead once the message is over.</summary>
    internal void MarkDestroyed()
    {
        saved = default;
        tombstone = message;
    }

    private U256 Get(Kamt<StorageWord> map, in U256 key)
    {
        Span<byte> bytes = stackalloc byte[U256.Length];
        key.WriteBigEndian(bytes);
        long before = map.LevelsPassed;
        bool isFound = map.TryGet(bytes, out StorageWord word);
        Runtime.CountSteps(map.LevelsPassed - before);
        return isFound ? word.Value : U256.Zero;
    }

    private void Set(Kamt<StorageWord> map, in U256 key, in U256 value)
    {
        Span<byte> bytes = stackalloc byte[U256.Length];
        key.WriteBigEndian(bytes);
        long before = map.LevelsPassed;
        bool isChanged = value.IsZero ? map.Delete(bytes) : map.Set(bytes, new(value));
        Runtime.CountSteps(map.LevelsPassed - before);
        if (isChanged)
        {
            saved = default;
        }
    }

    private void Reload()
    {
        if (IsReadOnly)
        {
            return;
        }

        Cid root = Runtime.RequireStateRoot();
        if (root == saved)
        {
            return;
        }

        EvmState state = Read(Runtime, root);
        transients = LoadTransients(state);
        slots = Kamt<StorageWord>.Load(
            Runtime.Store, state.ContractState, KamtOptions.ContractStorage);
        Take(state, root);
    }

    private Kamt<StorageWord>? LoadTransients(in EvmState state) =>
        state.TransientData is TransientData data && data.Lifespan == message
            ? Kamt<StorageWord>.Load(Runtime.Store, data.State, KamtOptions.ContractStorage)
            : null;

    private void Take(in EvmState state, Cid root)
    {
        (Bytecode, bytecodeHash) = (state.Bytecode, state.BytecodeHash);
        (Nonce, tombstone, saved) = (state.Nonce, state.Tombstone, root);
    }

    private static EvmState Read(IRuntime runtime, Cid root)
    {
        try
        {
            return runtime.Store.GetCbor<EvmState>(root, isLenient: true);
        }
        catch (IpldException failure) when (failure.Failure != IpldFailure.Missing)
        {
            throw Abort.Serialization($"failed to decode state: {failure.Message}");
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalState($"state is not in the store: {failure.Message}");
        }
    }
}
