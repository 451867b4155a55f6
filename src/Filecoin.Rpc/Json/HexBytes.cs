namespace Filecoin.Rpc;

/// <summary>Bytes, as Ethereum writes them.</summary>
[JsonConverter(typeof(HexBytesConverter))]
public readonly record struct HexBytes(ReadOnlyMemory<byte> Bytes);

/// <summary>An address of Ethereum, 20 bytes.</summary>
[JsonConverter(typeof(EthereumAddressConverter))]
public readonly record struct EthereumAddress(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What it is on this chain.</summary>
    public Address ToAddress() => Address.FromEthereum(Bytes.Span);
}

/// <summary>A hash, 32 bytes.</summary>
[JsonConverter(typeof(HashConverter))]
public readonly record struct Hash32(ReadOnlyMemory<byte> Bytes);

/// <summary>Reads and writes bytes.</summary>
internal sealed class HexBytesConverter : JsonConverter<HexBytes>
{
    public override HexBytes Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(ReadBytes(ref reader, null));

    public override void Write(
        Utf8JsonWriter writer, HexBytes value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.OfBytes(value.Bytes.Span));

    public static byte[] ReadBytes(ref Utf8JsonReader reader, int? length)
    {
        if (reader.TokenType != JsonTokenType.String
            || !Hex.TryReadBytes(reader.GetString(), out byte[] bytes))
        {
            throw new JsonException("bytes are 0x and pairs of digits");
        }

        return length is null || bytes.Length == length
            ? bytes
            : throw new JsonException($"{bytes.Length} bytes, not {length}");
    }
}

/// <summary>Reads and writes addresses.</summary>
internal sealed class EthereumAddressConverter : JsonConverter<EthereumAddress>
{
    public override EthereumAddress Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(HexBytesConverter.ReadBytes(ref reader, Address.EthereumLength));

    public override void Write(
        Utf8JsonWriter writer, EthereumAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.OfBytes(value.Bytes.Span));
}

/// <summary>Reads and writes hashes.</summary>
internal sealed class HashConverter : JsonConverter<Hash32>
{
    private const int Length = 32;

    public override Hash32 Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(HexBytesConverter.ReadBytes(ref reader, Length));

    public override void Write(
        Utf8JsonWriter writer, Hash32 value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.OfBytes(value.Bytes.Span));
}
