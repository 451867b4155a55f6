namespace Filecoin.ActorRuntime;

/// <summary>Making and deleting actors.</summary>
/// <remarks>Spec: actors/common 7 and 13.</remarks>
public static class ActorLife
{
    /// <summary>Makes an actor without state.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT. USR_FORBIDDEN, there is one. USR_ASSERTION_FAILED.
    /// </exception>
    public static void CreateActor(
        this IRuntime runtime, Cid code, ActorId id, Address? delegatedAddress)
    {
        RequireNoTransaction(runtime, "create_actor");
        ErrorNumber error = runtime.MakeActor(id, code, delegatedAddress);
        switch (error)
        {
            case ErrorNumber.None:
                return;
            case ErrorNumber.IllegalArgument:
                throw Abort.IllegalArgument("failed to create actor");
            case ErrorNumber.Forbidden:
                throw Abort.Forbidden("actor already exists");
            default:
                throw Abort.AssertionFailed($"create failed with unknown error: {error}");
        }
    }

    /// <summary>Deletes this actor, which must have no funds left.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, it has funds or the call is read-only. USR_ASSERTION_FAILED.
    /// </exception>
    public static void DeleteActor(this IRuntime runtime)
    {
        RequireNoTransaction(runtime, "delete_actor");
        ErrorNumber error = runtime.SelfDestruct(burns: false);
        switch (error)
        {
            case ErrorNumber.None:
                return;
            case ErrorNumber.IllegalOperation or ErrorNumber.ReadOnly:
                throw Abort.IllegalArgument($"cannot delete the actor: {error}");
            default:
                throw Abort.AssertionFailed($"unexpected error of self_destruct: {error}");
        }
    }

    private static void RequireNoTransaction(IRuntime runtime, string name)
    {
        if (runtime.IsInTransaction)
        {
            throw Abort.AssertionFailed($"{name} is not allowed during a transaction");
        }
    }
}
