namespace Filecoin.Rpc;

/// <summary>Blocks that are to be made and forgotten.</summary>
/// <remarks>Shape: eth_simulateV1 of Ethereum's execution APIs.</remarks>
public sealed record SimulationRequest
{
    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<SimulatedBlockRequest>? BlockStateCalls { get; init; }

    /// <summary>Whether value that moves is shown as logs.</summary>
    public bool TraceTransfers { get; init; }

    /// <summary>Whether senders' nonces and funds for gas count.</summary>
    public bool Validation { get; init; }

    /// <summary>Whether blocks show transactions whole.</summary>
    public bool ReturnFullTransactions { get; init; }
}

/// <summary>A block that is to be made and forgotten.</summary>
public sealed record SimulatedBlockRequest
{
    /// <summary>What it has in place of what it would have; null for nothing.</summary>
    public BlockOverride? BlockOverrides { get; init; }

    /// <summary>What accounts have before its calls; null for what they have.</summary>
    public IReadOnlyDictionary<string, AccountOverride>? StateOverrides { get; init; }

    /// <summary>Its calls in order; null for none.</summary>
    public IReadOnlyList<CallRequest>? Calls { get; init; }
}

/// <summary>What came of a simulated call.</summary>
/// <param name="ReturnData">What it returned, or reverted with.</param>
/// <param name="Logs">Its logs.</param>
/// <param name="GasUsed">Gas that it used.</param>
/// <param name="Status">1 if it succeeded, else 0.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record SimulatedCallView(
    string ReturnData,
    IReadOnlyList<LogView> Logs,
    string GasUsed,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RpcError? Error);

/// <summary>A simulated block: what any block shows, and its calls.</summary>
/// <param name="Block">The block.</param>
/// <param name="Calls">What came of its calls.</param>
[JsonConverter(typeof(SimulatedBlockConverter))]
public sealed record SimulatedBlockView(
    BlockView Block, IReadOnlyList<SimulatedCallView> Calls);

/// <summary>Writes simulated blocks.</summary>
internal sealed class SimulatedBlockConverter : JsonConverter<SimulatedBlockView>
{
    public override SimulatedBlockView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("simulated blocks are written only");

    public override void Write(
        Utf8JsonWriter writer, SimulatedBlockView value, JsonSerializerOptions options)
    {
        using JsonDocument block = JsonSerializer.SerializeToDocument(
            value.Block, EthereumJson.Default.BlockView);
        writer.WriteStartObject();
        foreach (JsonProperty property in block.RootElement.EnumerateObject())
        {
            property.WriteTo(writer);
        }

        writer.WriteStartArray("calls");
        foreach (SimulatedCallView call in value.Calls)
        {
            JsonSerializer.Serialize(writer, call, EthereumJson.Default.SimulatedCallView);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
