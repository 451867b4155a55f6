namespace Filecoin.Rpc;

/// <summary>Which logs a caller wants.</summary>
/// <remarks>Spec: eth-compat 7.2 and 7.3.</remarks>
[JsonConverter(typeof(LogFilterConverter))]
public sealed record LogFilter
{
    /// <summary>The first block; null for the latest.</summary>
    public BlockParameter? FromBlock { get; init; }

    /// <summary>The last block; null for the latest.</summary>
    public BlockParameter? ToBlock { get; init; }

    /// <summary>The one block; null for those from one to another.</summary>
    public BlockParameter? Block { get; init; }

    /// <summary>Who emits; none for anybody.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>For each place the topics that it may have; none for any.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Topics { get; init; } = [];

    /// <summary>Whether a log is one of them, whatever its block.</summary>
    public bool Matches(LogView log)
    {
        if (Addresses.Count > 0 && !Addresses.Contains(log.Address))
        {
            return false;
        }

        for (int i = 0; i < Topics.Count; i++)
        {
            if (Topics[i].Count > 0
                && (i >= log.Topics.Count || !Topics[i].Contains(log.Topics[i])))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Reads filters of logs.</summary>
internal sealed class LogFilterConverter : JsonConverter<LogFilter>
{
    private const int TopicsMax = 4;
    private const int ChoicesMax = 1_000;
    private const int TopicLength = 32;

    public override LogFilter Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement item = document.RootElement;
        LogFilter filter = new()
        {
            FromBlock = BlockOf(item, "fromBlock"),
            ToBlock = BlockOf(item, "toBlock"),
            Block = BlockOf(item, "blockHash"),
            Addresses = item.TryGetProperty("address", out JsonElement address)
                ? Choices(address, Address.EthereumLength)
                : [],
            Topics = item.TryGetProperty("topics", out JsonElement topics)
                ? TopicsOf(topics)
                : [],
        };
        return filter.Block is null || (filter.FromBlock is null && filter.ToBlock is null)
            ? filter
            : throw new JsonException("blockHash, or fromBlock and toBlock, and not both");
    }

    public override void Write(
        Utf8JsonWriter writer, LogFilter value, JsonSerializerOptions options) =>
        throw new NotSupportedException("filters are read only");

    private static BlockParameter? BlockOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.String && value.GetString() == "")
            ? RpcJson.Read<BlockParameter>(value)
            : null;

    private static List<IReadOnlyList<string>> TopicsOf(JsonElement topics)
    {
        List<IReadOnlyList<string>> found = [];
        if (topics.ValueKind == JsonValueKind.Null)
        {
            return found;
        }

        foreach (JsonElement topic in topics.EnumerateArray())
        {
            found.Add(Choices(topic, TopicLength));
        }

        return found.Count <= TopicsMax
            ? found
            : throw new JsonException($"more than {TopicsMax} topics");
    }

    private static List<string> Choices(JsonElement value, int length)
    {
        List<string> found = [];
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement choice in value.EnumerateArray())
            {
                found.Add(One(choice, length));
            }
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            found.Add(One(value, length));
        }

        return found.Count <= ChoicesMax
            ? found
            : throw new JsonException($"more than {ChoicesMax} choices");
    }

    private static string One(JsonElement value, int length) =>
        value.ValueKind == JsonValueKind.String
            ? Hex.OfBytes(StrictHex.Bytes(value.GetString()!, length))
            : throw new JsonException($"{length} bytes in hexadecimal");
}
