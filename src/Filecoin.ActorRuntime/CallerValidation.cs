namespace Filecoin.ActorRuntime;

/// <summary>Who may call a method: each method says it exactly once.</summary>
/// <remarks>
/// Spec: actors/common 6. Errors: USR_ASSERTION_FAILED, it is said twice. USR_FORBIDDEN, the
/// caller may not.
/// </remarks>
public static class CallerValidation
{
    /// <summary>Anybody may.</summary>
    public static void AcceptAnyCaller(this IRuntime runtime)
    {
        RequireFirst(runtime);
        runtime.IsCallerValidated = true;
    }

    /// <summary>One actor may.</summary>
    public static void RequireCaller(this IRuntime runtime, ActorId allowed)
    {
        RequireFirst(runtime);
        Conclude(runtime, runtime.Caller == allowed);
    }

    /// <summary>Actors of a list may; they are given by id, or never match.</summary>
    public static void RequireCaller(this IRuntime runtime, params ReadOnlySpan<Address> allowed)
    {
        RequireFirst(runtime);
        Conclude(runtime, allowed.Contains(Address.FromId(runtime.Caller)));
    }

    /// <summary>Actors of some types may.</summary>
    public static void RequireCallerType(
        this IRuntime runtime, params ReadOnlySpan<BuiltinType> allowed)
    {
        RequireFirst(runtime);
        if (!runtime.TryGetCode(runtime.Caller, out Cid code))
        {
            throw Abort.AssertionFailed("failed to look up the caller's code");
        }

        BuiltinType type = runtime.BuiltinTypeOf(code);
        Conclude(runtime, type != BuiltinType.None && allowed.Contains(type));
    }

    /// <summary>Actors that have an address in a namespace may.</summary>
    public static void RequireCallerNamespace(this IRuntime runtime, ActorId manager)
    {
        RequireFirst(runtime);
        bool isInside = runtime.TryGetDelegatedAddress(runtime.Caller, out Address address)
            && address.TryGetDelegated(out ulong found, out _)
            && found == manager.Value;
        Conclude(runtime, isInside);
    }

    private static void RequireFirst(IRuntime runtime)
    {
        if (runtime.IsCallerValidated)
        {
            throw Abort.AssertionFailed("method must validate its caller exactly once");
        }
    }

    private static void Conclude(IRuntime runtime, bool isAllowed)
    {
        if (!isAllowed)
        {
            throw Abort.Forbidden($"caller f0{runtime.Caller} is not allowed");
        }

        runtime.IsCallerValidated = true;
    }
}
