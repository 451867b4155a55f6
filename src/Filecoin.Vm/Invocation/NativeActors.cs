using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>What an invocation of a native actor pays in place of Wasm's instructions.</summary>
/// <param name="type">The actor.</param>
/// <param name="method">Its method.</param>
public delegate ExecutionPrice ExecutionEstimate(BuiltinType type, MethodNumber method);

/// <summary>Built-in actors that run in C# and not as Wasm, by code CID.</summary>
/// <remarks>
/// Gas differs from that of the Wasm by what its instructions cost; all else is the same. A code
/// CID stands for one version of an actor, built for one network.
/// </remarks>
public sealed class NativeActors
{
    private readonly Dictionary<Cid, NativeCode> codes = [];

    /// <summary>What an invocation pays for its instructions; null for nothing.</summary>
    public ExecutionEstimate? Estimate { get; init; }

    /// <summary>How many there are.</summary>
    public int Count => codes.Count;

    /// <summary>Lets code of a CID be run by an actor.</summary>
    /// <param name="code">The code's CID.</param>
    /// <param name="actor">The actor that does the same.</param>
    /// <param name="policy">What the code was built for.</param>
    public void Add(Cid code, BuiltinActor actor, Policy policy) =>
        codes.Add(code, new(actor, policy));

    /// <summary>Whether code of a CID is run by an actor in C#.</summary>
    public bool Has(Cid code) => codes.ContainsKey(code);

    internal bool TryGet(Cid code, out NativeCode found) => codes.TryGetValue(code, out found);
}

/// <summary>An actor and the network that it is for.</summary>
internal readonly record struct NativeCode(BuiltinActor Actor, Policy Policy);
