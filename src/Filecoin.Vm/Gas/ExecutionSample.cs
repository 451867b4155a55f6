using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>
/// What one invocation of a native actor did, and what its Wasm's instructions and memory cost.
/// </summary>
/// <param name="type">The actor.</param>
/// <param name="method">Its method.</param>
public sealed class ExecutionSample(BuiltinType type, MethodNumber method)
{
    private readonly long[] counts = new long[ExecutionPrice.Kinds];
    private long[] ownCounts = [];

    /// <summary>The actor.</summary>
    public BuiltinType Type { get; } = type;

    /// <summary>Its method.</summary>
    public MethodNumber Method { get; } = method;

    /// <summary>What it did, by <see cref="ExecutionWork"/>.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>Work that the actor counted itself, by its own kinds.</summary>
    public IReadOnlyList<long> OwnCounts => ownCounts;

    /// <summary>What the Wasm paid, without its host calls and without what it called.</summary>
    public Gas Paid { get; internal set; }

    /// <summary>Whether it came to its end with gas left.</summary>
    public bool IsWhole { get; internal set; }

    internal void Add(ExecutionWork kind, long units) => counts[(int)kind] += units;

    internal void AddOwn(int kind, long units)
    {
        if (kind >= ownCounts.Length)
        {
            Array.Resize(ref ownCounts, Math.Max(kind + 1, 2 * ownCounts.Length));
        }

        ownCounts[kind] += units;
    }
}
