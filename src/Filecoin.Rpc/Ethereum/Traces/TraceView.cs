namespace Filecoin.Rpc;

/// <summary>A call of a transaction, as <c>trace_*</c> show it.</summary>
/// <remarks>Spec: eth-compat 11; lotus chain/types/ethtypes/eth_types.go, EthTraceBlock.</remarks>
public sealed record TraceView
{
    /// <summary>call or create.</summary>
    public required string Type { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>How many calls it made itself.</summary>
    public required int Subtraces { get; init; }

    /// <summary>Which call of which call it is; empty for the transaction itself.</summary>
    public required IReadOnlyList<int> TraceAddress { get; init; }

    /// <summary>What was asked for.</summary>
    public required TraceActionView Action { get; init; }

    /// <summary>What came of it, also where it failed.</summary>
    public required TraceResultView Result { get; init; }

    /// <summary>Its block's hash; null outside of blocks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BlockHash { get; init; }

    /// <summary>Its block's number; null outside of blocks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BlockNumber { get; init; }

    /// <summary>Its transaction; null outside of blocks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TransactionHash { get; init; }

    /// <summary>The transaction's place, from 1; null outside of blocks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TransactionPosition { get; init; }
}

/// <summary>What a traced call asks for.</summary>
public sealed record TraceActionView
{
    /// <summary>call, staticcall or delegatecall; null for a creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CallType { get; init; }

    /// <summary>Who calls.</summary>
    public required string From { get; init; }

    /// <summary>Who is called; null for a creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? To { get; init; }

    /// <summary>Gas that it may use.</summary>
    public required string Gas { get; init; }

    /// <summary>What the receiver is given.</summary>
    public required string Value { get; init; }

    /// <summary>Input; null for a creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <summary>Code that makes a contract; null for a call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Init { get; init; }
}

/// <summary>What came of a traced call.</summary>
public sealed record TraceResultView
{
    /// <summary>What was made; null for a call, and if nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>Gas that it used, without calls in it.</summary>
    public required string GasUsed { get; init; }

    /// <summary>What was returned; null for a creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>
    /// 0xfe for code that was made, what a constructor reverted with, or nothing; null for a
    /// call.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}

/// <summary>What a transaction or a call did.</summary>
public sealed record TraceReplayView
{
    /// <summary>What it returned.</summary>
    public required string Output { get; init; }

    /// <summary>Always null.</summary>
    public string? StateDiff { get; init; }

    /// <summary>Its calls.</summary>
    public required IReadOnlyList<TraceView> Trace { get; init; }

    /// <summary>Its hash; null for a call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TransactionHash { get; init; }

    /// <summary>Always null.</summary>
    public string? VmTrace { get; init; }
}
