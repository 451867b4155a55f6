namespace Filecoin.ActorRuntime;

/// <summary>Calling other actors.</summary>
/// <remarks>Spec: actors/common 8; builtin-actors runtime/src/builtin/shared.rs.</remarks>
public static class Sending
{
    /// <summary>Calls an actor; not while state is being changed.</summary>
    public static SendResult Send(this IRuntime runtime, in SendRequest request) =>
        runtime.IsInTransaction
            ? SendResult.Refused(ErrorNumber.IllegalOperation)
            : runtime.Deliver(request);

    /// <summary>Calls an actor with encoded parameters, or none.</summary>
    public static SendResult Send(
        this IRuntime runtime,
        Address to,
        MethodNumber method,
        IpldBlock? parameters,
        TokenAmount value) => runtime.Send(new()
        {
            To = to,
            Method = method,
            Parameters = parameters,
            Value = value,
        });

    /// <summary>Calls an actor with parameters.</summary>
    public static SendResult Send<T>(
        this IRuntime runtime, Address to, MethodNumber method, T parameters, TokenAmount value)
        where T : ICbor<T> =>
        runtime.Send(to, method, ParameterCodec.Encode(parameters), value);

    /// <summary>The id of an address, made by an empty send if nobody has it.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="address">The address.</param>
    /// <param name="mustExist">Whether there must be an actor.</param>
    /// <exception cref="ActorAbortException">
    /// The send failed. USR_ILLEGAL_ARGUMENT, it has no id. USR_NOT_FOUND, there is no actor.
    /// </exception>
    public static ActorId ResolveOrMake(this IRuntime runtime, Address address, bool mustExist)
    {
        if (!runtime.TryResolve(address, out ActorId id))
        {
            _ = runtime.Send(address, MethodNumber.Send, null, TokenAmount.Zero).Require();
            if (!runtime.TryResolve(address, out id))
            {
                throw Abort.IllegalArgument($"cannot resolve or make {address}");
            }
        }

        return !mustExist || runtime.TryGetCode(id, out _)
            ? id
            : throw Abort.NotFound($"no code for {address}");
    }
}
