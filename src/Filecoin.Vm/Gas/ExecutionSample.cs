using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>
/// What one invocation of a native actor did, and what its Wasm's instructions and memory cost.
/// </summary>
/// <param name="type">The actor.</param>
/// <param name="method">Its method.</param>
public sealed class ExecutionSample(BuiltinType type, MethodNumber method)
{
    /// <summary>The actor.</summary>
    public BuiltinType Type { get; } = type;

    /// <summary>Its method.</summary>
    public MethodNumber Method { get; } = method;

    /// <summary>Length of its parameters.</summary>
    public long ParameterBytes { get; internal set; }

    /// <summary>How many host calls it made.</summary>
    public long HostCalls { get; internal set; }

    /// <summary>Bytes of blocks that it read.</summary>
    public long ReadBytes { get; internal set; }

    /// <summary>Bytes of blocks that it made.</summary>
    public long WrittenBytes { get; internal set; }

    /// <summary>The work that the actor counted itself, in its own unit.</summary>
    public long Work { get; internal set; }

    /// <summary>What the Wasm paid, without its host calls and without what it called.</summary>
    public Gas Paid { get; internal set; }

    /// <summary>Whether it came to its end with gas left.</summary>
    public bool IsWhole { get; internal set; }
}
