namespace Filecoin.ActorRuntime;

/// <summary>A built-in actor: what it is and what it can do.</summary>
/// <remarks>Spec: actors/common 5; builtin-actors runtime/src/dispatch.rs.</remarks>
public sealed class BuiltinActor
{
    private readonly Dictionary<MethodNumber, ActorMethod> table = [];

    /// <summary>An actor with a table of methods.</summary>
    public BuiltinActor(BuiltinType type, IReadOnlyList<ActorMethod> methods)
    {
        (Type, Methods) = (type, methods);
        foreach (ActorMethod method in methods)
        {
            table.Add(method.Number, method);
        }
    }

    /// <summary>Which one it is.</summary>
    public BuiltinType Type { get; }

    /// <summary>Its methods in the order they are declared.</summary>
    public IReadOnlyList<ActorMethod> Methods { get; }

    /// <summary>What handles other numbers; null for nothing.</summary>
    public RawMethod? Fallback { get; init; }

    /// <summary>
    /// Whether it takes exported numbers that it does not know, does nothing and keeps the value.
    /// </summary>
    /// <remarks>Spec: actors/common 12.</remarks>
    public bool AcceptsExported { get; init; }

    /// <summary>Whether numbers below 2^24 are for built-in actors alone.</summary>
    public bool IsRestricted { get; init; } = true;

    /// <summary>Whether it is code that does nothing at all, whatever it is called with.</summary>
    public bool IsInert { get; init; }

    /// <summary>Runs a method.</summary>
    /// <param name="runtime">The invocation.</param>
    /// <param name="number">The method.</param>
    /// <param name="parameters">Its parameters; null for none.</param>
    /// <param name="refusal">
    /// Why the actor has no such method, else null: a value, since every block calls one that is
    /// not there, and to throw costs more than all else that such a call does.
    /// </param>
    /// <exception cref="ActorAbortException">It fails.</exception>
    public IpldBlock? Invoke(
        IRuntime runtime,
        MethodNumber number,
        IpldBlock? parameters,
        out ActorAbortException? refusal)
    {
        refusal = null;
        if (IsRestricted && number.Value < MethodNumber.FirstExported.Value)
        {
            RequireBuiltinCaller(runtime, number);
        }

        if (table.TryGetValue(number, out ActorMethod? method))
        {
            return method.Invoke(runtime, parameters);
        }

        if (Fallback is not null)
        {
            return Fallback(runtime, number, parameters);
        }

        if (AcceptsExported)
        {
            runtime.AcceptAnyCaller();
            if (number.Value >= MethodNumber.FirstExported.Value)
            {
                return null;
            }
        }

        refusal = Abort.UnhandledMessage($"invalid method: {number}");
        return null;
    }

    /// <summary>Runs a method.</summary>
    /// <exception cref="ActorAbortException">It fails, or is not there.</exception>
    public IpldBlock? Invoke(IRuntime runtime, MethodNumber number, IpldBlock? parameters)
    {
        IpldBlock? result =
            Invoke(runtime, number, parameters, out ActorAbortException? refusal);
        return refusal is null ? result : throw refusal;
    }

    /// <summary>
    /// Spec: actors/common 5.1. Contracts are no callers of the internal methods.
    /// </summary>
    private static void RequireBuiltinCaller(IRuntime runtime, MethodNumber number)
    {
        if (!runtime.TryGetCode(runtime.Caller, out Cid code))
        {
            throw Abort.Forbidden($"no code for caller f0{runtime.Caller} of method {number}");
        }

        if (runtime.BuiltinTypeOf(code) is BuiltinType.None or BuiltinType.Evm)
        {
            throw Abort.Forbidden($"caller f0{runtime.Caller} of method {number} must be built-in");
        }
    }
}
