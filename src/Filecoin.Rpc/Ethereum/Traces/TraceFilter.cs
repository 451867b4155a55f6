namespace Filecoin.Rpc;

/// <summary>Which calls a caller wants of which blocks.</summary>
/// <remarks>Spec: eth-compat 11, trace_filter.</remarks>
public sealed record TraceFilter
{
    /// <summary>The first block; null for the latest.</summary>
    public BlockParameter? FromBlock { get; init; }

    /// <summary>The last block; null for the latest.</summary>
    public BlockParameter? ToBlock { get; init; }

    /// <summary>Who calls; none for anybody.</summary>
    [JsonConverter(typeof(AddressListConverter))]
    public IReadOnlyList<string>? FromAddress { get; init; }

    /// <summary>Who is called or made; none for anybody.</summary>
    [JsonConverter(typeof(AddressListConverter))]
    public IReadOnlyList<string>? ToAddress { get; init; }

    /// <summary>How many are skipped; null for none.</summary>
    public Quantity? After { get; init; }

    /// <summary>How many are wanted; null for all.</summary>
    public Quantity? Count { get; init; }

    /// <summary>Whether a call is one of them, whatever its block.</summary>
    internal bool Matches(TraceView trace) =>
        Has(FromAddress, trace.Action.From)
        && Has(ToAddress, trace.Action.To ?? trace.Result.Address);

    private static bool Has(IReadOnlyList<string>? wanted, string? address) =>
        wanted is null or { Count: 0 } || (address is not null && wanted.Contains(address));
}

/// <summary>Reads an address, or a list of them.</summary>
internal sealed class AddressListConverter : JsonConverter<IReadOnlyList<string>>
{
    private const int CountMax = 1_000;

    public override IReadOnlyList<string> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [ReadOne(ref reader)];
        }

        List<string> addresses = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            addresses.Add(ReadOne(ref reader));
        }

        return addresses.Count <= CountMax
            ? addresses
            : throw new JsonException($"more than {CountMax} addresses");
    }

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("filters are read only");

    private static string ReadOne(ref Utf8JsonReader reader) =>
        Hex.OfBytes(HexBytesConverter.ReadBytes(ref reader, Address.EthereumLength));
}
