namespace Filecoin.Rpc;

/// <summary>How a caller wants to be shown what ran.</summary>
/// <remarks>Shape: geth eth/tracers, TraceCallConfig. What it does not name is ignored.</remarks>
public sealed record TracerOptions
{
    /// <summary>The tracer's name; null for that of opcodes.</summary>
    public string? Tracer { get; init; }

    /// <summary>What the named tracer is told.</summary>
    public TracerConfig? TracerConfig { get; init; }

    /// <summary>Opcodes without the stack.</summary>
    public bool DisableStack { get; init; }

    /// <summary>Opcodes without slots.</summary>
    public bool DisableStorage { get; init; }

    /// <summary>Opcodes with the memory.</summary>
    public bool EnableMemory { get; init; }

    /// <summary>Opcodes with what calls gave back.</summary>
    public bool EnableReturnData { get; init; }

    /// <summary>How many opcodes; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// How long it may take, as Go writes times; null for as long as any request may.
    /// </summary>
    public string? Timeout { get; init; }

    /// <summary>What accounts have for a call, in place of what they have.</summary>
    public IReadOnlyDictionary<string, AccountOverride>? StateOverrides { get; init; }

    /// <summary>What the block has for a call, in place of what it has.</summary>
    public BlockOverride? BlockOverrides { get; init; }

    internal TracerConfig Config => TracerConfig ?? new();

    internal CallOverrides? Overrides() => CallOverrides.Of(StateOverrides, BlockOverrides);

    /// <summary>What is shown.</summary>
    /// <exception cref="RpcException">The tracer is not there.</exception>
    internal TracerKind Kind() => Tracer switch
    {
        null or "" => TracerKind.Opcodes,
        "callTracer" => TracerKind.Calls,
        "prestateTracer" => TracerKind.States,
        "4byteTracer" => TracerKind.Selectors,
        "noopTracer" => TracerKind.Nothing,
        _ => throw RpcException.BadParameters($"tracer {Tracer} is not there: callTracer,"
            + " prestateTracer, 4byteTracer and noopTracer are, and none for opcodes"),
    };
}

/// <summary>What a tracer shows.</summary>
internal enum TracerKind
{
    /// <summary>Each instruction.</summary>
    Opcodes,

    /// <summary>Calls in calls.</summary>
    Calls,

    /// <summary>What was touched, as it was before, or before and after.</summary>
    States,

    /// <summary>How often which function was called with how many bytes.</summary>
    Selectors,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>What a named tracer is told.</summary>
public sealed record TracerConfig
{
    /// <summary>The transaction's own call without those in it.</summary>
    public bool OnlyTopCall { get; init; }

    /// <summary>Each call with its logs, if they are kept.</summary>
    public bool WithLog { get; init; }

    /// <summary>What changed, before and after, and not all that was touched.</summary>
    public bool DiffMode { get; init; }

    /// <summary>Accounts without their code.</summary>
    public bool DisableCode { get; init; }

    /// <summary>Accounts without their slots.</summary>
    public bool DisableStorage { get; init; }

    /// <summary>Accounts too that had nothing.</summary>
    public bool IncludeEmpty { get; init; }
}

/// <summary>A transaction of a block, and what a tracer shows of it.</summary>
/// <param name="TxHash">Its hash.</param>
/// <param name="Result">What the tracer shows.</param>
public sealed record TracedTransactionView(string TxHash, object Result);
