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
    private const int PieceBytes = 512;

    public override HexBytes Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(ReadBytes(ref reader, null));

    public override void Write(
        Utf8JsonWriter writer, HexBytes value, JsonSerializerOptions options) =>
        Write(writer, value.Bytes.Span);

    /// <summary>Writes bytes piece by piece: the writer asks for room for the worst.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[(PieceBytes + 1) * 2];
        "0x"u8.CopyTo(text);
        int length = 2;
        while (bytes.Length > PieceBytes)
        {
            _ = Convert.TryToHexStringLower(bytes[..PieceBytes], text[length..], out int some);
            writer.WriteStringValueSegment(text[..(length + some)], isFinalSegment: false);
            bytes = bytes[PieceBytes..];
            length = 0;
        }

        _ = Convert.TryToHexStringLower(bytes, text[length..], out int last);
        text = text[..(length + last)];
        if (length == 0)
        {
            writer.WriteStringValueSegment(text, isFinalSegment: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    public static byte[] ReadBytes(ref Utf8JsonReader reader, int? length) =>
        reader.TokenType == JsonTokenType.String
            ? StrictHex.Bytes(reader.GetString()!, length)
            : throw new JsonException("bytes are 0x and pairs of digits");
}

/// <summary>Reads and writes addresses.</summary>
internal sealed class EthereumAddressConverter : JsonConverter<EthereumAddress>
{
    public override EthereumAddress Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(HexBytesConverter.ReadBytes(ref reader, Address.EthereumLength));

    public override void Write(
        Utf8JsonWriter writer, EthereumAddress value, JsonSerializerOptions options) =>
        HexBytesConverter.Write(writer, value.Bytes.Span);
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
        HexBytesConverter.Write(writer, value.Bytes.Span);
}
