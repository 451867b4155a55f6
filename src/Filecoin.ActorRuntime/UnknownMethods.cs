namespace Filecoin.ActorRuntime;

/// <summary>What several actors do with method numbers that they do not know.</summary>
public static class UnknownMethods
{
    /// <summary>Takes exported ones, does nothing and keeps the value; refuses others.</summary>
    /// <remarks>Spec: actors/common 12.</remarks>
    public static IpldBlock? AcceptExported(
        IRuntime runtime, MethodNumber method, IpldBlock? parameters)
    {
        _ = parameters;
        runtime.AcceptAnyCaller();
        return method.Value >= MethodNumber.FirstExported.Value
            ? null
            : throw Abort.UnhandledMessage($"invalid method: {method}");
    }
}
