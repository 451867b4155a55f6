using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Filecoin.Rpc;

/// <summary>Reads parameters and writes results.</summary>
public static class RpcJson
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">It is none of the type.</exception>
    public static T? Read<T>(JsonElement element) =>
        element.Deserialize((JsonTypeInfo<T>)InfoOf(typeof(T)));

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">It is none of the type.</exception>
    public static T? Read<T>(JsonNode? json) =>
        json.Deserialize((JsonTypeInfo<T>)InfoOf(typeof(T)));

    /// <summary>Writes a value.</summary>
    public static void Write<T>(Utf8JsonWriter writer, T value) =>
        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)InfoOf(typeof(T)));

    /// <summary>The text of a value.</summary>
    internal static byte[] TextOf<T>(T value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)InfoOf(typeof(T)));

    /// <summary>A notice of a subscription.</summary>
    /// <param name="subscription">Its name.</param>
    /// <param name="result">The text of what is told, which many subscriptions share.</param>
    internal static byte[] Notice(string subscription, ReadOnlySpan<byte> result) =>
    [
        .. """{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"""u8,
        .. TextOf(subscription),
        .. ",\"result\":"u8,
        .. result,
        .. "}}"u8,
    ];

    /// <summary>A notice of a channel; null for no value.</summary>
    internal static byte[] ChannelNotice(string method, ulong channel, object? value)
    {
        System.Buffers.ArrayBufferWriter<byte> notice = new(512);
        using Utf8JsonWriter writer = new(notice);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteString("method", method);
        writer.WriteStartArray("params");
        writer.WriteNumberValue(channel);
        if (value is not null)
        {
            JsonSerializer.Serialize(writer, value, InfoOf(value.GetType()));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return notice.WrittenSpan.ToArray();
    }

    /// <summary>Whether values of a type can be read and written.</summary>
    internal static bool Knows(Type type) => EthereumJson.Default.GetTypeInfo(type) is not null
        || FilecoinJson.Default.GetTypeInfo(type) is not null;

    private static JsonTypeInfo InfoOf(Type type) => EthereumJson.Default.GetTypeInfo(type)
        ?? FilecoinJson.Default.GetTypeInfo(type)
        ?? throw new InvalidOperationException($"no JSON of {type}");
}

/// <summary>The types of Ethereum's methods.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 1_000)]
[JsonSerializable(typeof(RpcError))]
[JsonSerializable(typeof(BlockParameter?))]
[JsonSerializable(typeof(Quantity?))]
[JsonSerializable(typeof(LooseQuantity?))]
[JsonSerializable(typeof(Word?))]
[JsonSerializable(typeof(HexBytes?))]
[JsonSerializable(typeof(EthereumAddress?))]
[JsonSerializable(typeof(Hash32?))]
[JsonSerializable(typeof(CallRequest))]
[JsonSerializable(typeof(LogFilter))]
[JsonSerializable(typeof(SubscriptionOptions))]
[JsonSerializable(typeof(BlockView))]
[JsonSerializable(typeof(List<TransactionView>))]
[JsonSerializable(typeof(TransactionView))]
[JsonSerializable(typeof(ReceiptView))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(FeeHistoryView))]
[JsonSerializable(typeof(CallFrameView))]
[JsonSerializable(typeof(StructLogsView))]
[JsonSerializable(typeof(SortedDictionary<string, AccountStateView>))]
[JsonSerializable(typeof(SortedDictionary<string, long>))]
[JsonSerializable(typeof(StateChangeView))]
[JsonSerializable(typeof(TracerOptions))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, AccountOverride>))]
[JsonSerializable(typeof(BlockOverride))]
[JsonSerializable(typeof(AccessListView))]
[JsonSerializable(typeof(FilledTransactionView))]
[JsonSerializable(typeof(AccountInfoView))]
[JsonSerializable(typeof(SimulationRequest))]
[JsonSerializable(typeof(List<SimulatedBlockView>))]
[JsonSerializable(typeof(SimulatedCallView))]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(TraceFilter))]
[JsonSerializable(typeof(TraceReplayView))]
[JsonSerializable(typeof(List<TraceView>))]
[JsonSerializable(typeof(List<TraceReplayView>))]
[JsonSerializable(typeof(List<TracedTransactionView>))]
[JsonSerializable(typeof(List<ReceiptView>))]
[JsonSerializable(typeof(IReadOnlyList<LogView>))]
[JsonSerializable(typeof(List<LogView>))]
[JsonSerializable(typeof(IReadOnlyList<object>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<double>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(JsonElement?))]
[JsonSerializable(typeof(NodeInfoView))]
[JsonSerializable(typeof(MetadataView))]
[JsonSerializable(typeof(PoolStatusView))]
[JsonSerializable(typeof(PoolView<TransactionView>), TypeInfoPropertyName = "PoolContent")]
[JsonSerializable(typeof(PoolView<string>), TypeInfoPropertyName = "PoolLines")]
[JsonSerializable(typeof(SenderPoolView))]
[JsonSerializable(typeof(IReadOnlyList<BlockView>))]
[JsonSerializable(typeof(ulong?))]
internal sealed partial class EthereumJson : JsonSerializerContext;
