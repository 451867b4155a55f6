namespace Filecoin.ActorRuntime;

/// <summary>Changes state that has been loaded, and gives a result.</summary>
public delegate TResult StateChange<TState, out TResult>(ref TState state);

/// <summary>Changes state that has been loaded.</summary>
public delegate void StateChange<TState>(ref TState state);

/// <summary>An actor's own state.</summary>
/// <remarks>
/// Spec: actors/common 7; builtin-actors runtime/src/runtime/mod.rs and fvm.rs. Host calls are in
/// the reference's order, which is that of the charges.
/// </remarks>
public static class StateAccess
{
    /// <summary>The root of an actor without state: an empty list.</summary>
    public static Cid EmptyRoot { get; } = Cid.Of(Codec.DagCbor, [0x80]);

    /// <summary>Stores the first state of an actor.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, it has one. USR_ILLEGAL_ARGUMENT, it cannot be written.
    /// </exception>
    public static void CreateState<T>(this IRuntime runtime, T state)
        where T : ICbor<T>
    {
        Cid root = runtime.RequireStateRoot();
        if (root != EmptyRoot)
        {
            throw Abort.IllegalState($"the actor has state already: {root}");
        }

        runtime.ReplaceStateRoot(Write(runtime, state));
    }

    /// <summary>Loads the state.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, the actor is deleted. USR_ILLEGAL_ARGUMENT, it cannot be read.
    /// </exception>
    public static T LoadState<T>(this IRuntime runtime)
        where T : ICbor<T> => Read<T>(runtime, runtime.RequireStateRoot());

    /// <summary>Loads the state, changes it and stores it, also if it is as before.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, it cannot be read or written. USR_READ_ONLY.
    /// </exception>
    public static TResult Transact<TState, TResult>(
        this IRuntime runtime, StateChange<TState, TResult> change)
        where TState : ICbor<TState>
    {
        if (runtime.StateRoot(out Cid root) != ErrorNumber.None)
        {
            throw Abort.IllegalArgument("failed to get the root of the state");
        }

        TState state = Read<TState>(runtime, root);
        TResult result;
        runtime.IsInTransaction = true;
        try
        {
            result = change(ref state);
        }
        finally
        {
            runtime.IsInTransaction = false;
        }

        runtime.ReplaceStateRoot(Write(runtime, state));
        return result;
    }

    /// <inheritdoc cref="Transact{TState, TResult}"/>
    public static void Transact<TState>(this IRuntime runtime, StateChange<TState> change)
        where TState : ICbor<TState> => _ = runtime.Transact((ref TState state) =>
        {
            change(ref state);
            return true;
        });

    /// <summary>The root of the state.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, the actor is deleted.</exception>
    public static Cid RequireStateRoot(this IRuntime runtime) =>
        runtime.StateRoot(out Cid root) == ErrorNumber.None
            ? root
            : throw Abort.IllegalState("the actor is deleted");

    /// <summary>Sets the root of the state.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, the actor is deleted. USR_READ_ONLY.
    /// </exception>
    public static void ReplaceStateRoot(this IRuntime runtime, Cid root)
    {
        switch (runtime.SetStateRoot(root))
        {
            case ErrorNumber.None:
                return;
            case ErrorNumber.IllegalOperation:
                throw Abort.IllegalState("the actor is deleted");
            case ErrorNumber.ReadOnly:
                throw Abort.ReadOnly("state must not change in a read-only call");
            case ErrorNumber error:
                throw Abort.AssertionFailed($"unexpected error of set_root: {error}");
        }
    }

    private static T Read<T>(IRuntime runtime, Cid root)
        where T : ICbor<T>
    {
        try
        {
            return runtime.Store.GetCbor<T>(root, isLenient: true);
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalArgument($"failed to get the state: {failure.Message}");
        }
    }

    private static Cid Write<T>(IRuntime runtime, T state)
        where T : ICbor<T>
    {
        try
        {
            return runtime.Store.PutCbor(state);
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalArgument($"failed to write the state: {failure.Message}");
        }
    }
}
