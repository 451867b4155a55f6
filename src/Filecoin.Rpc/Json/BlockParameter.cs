using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>Which block a caller means: a tag, a number or a hash.</summary>
/// <param name="Tag">earliest, latest, pending, safe or finalized; null for none.</param>
/// <param name="Number">Its number; null for none.</param>
/// <param name="Hash">Its hash of 32 bytes; null for none.</param>
/// <param name="IsCanonical">Whether it must be part of the chain.</param>
[JsonConverter(typeof(BlockParameterConverter))]
public readonly record struct BlockParameter(
    string? Tag, ulong? Number, byte[]? Hash, bool IsCanonical);

/// <summary>Reads what callers say of a block.</summary>
/// <remarks>Spec: eth-compat 1.2.</remarks>
internal sealed class BlockParameterConverter : JsonConverter<BlockParameter>
{
    private const int HashDigits = 66;

    public override BlockParameter Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => new(null, reader.GetUInt64(), null, false),
            JsonTokenType.String => Parse(reader.GetString()!),
            JsonTokenType.StartObject => ReadObject(ref reader),
            _ => throw new JsonException("a block is a tag, a number or a hash"),
        };

    public override void Write(
        Utf8JsonWriter writer, BlockParameter value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Tag
            ?? (value.Hash is byte[] hash ? Hex.OfBytes(hash) : Hex.Of(value.Number ?? 0)));

    private static BlockParameter Parse(string text)
    {
        if (text is "earliest" or "latest" or "pending" or "safe" or "finalized")
        {
            return new(text, null, null, false);
        }

        return text.Length == HashDigits
            ? new(null, null, StrictHex.Bytes(text), false)
            : new(null, NumberOf(text), null, false);
    }

    private static BlockParameter ReadObject(ref Utf8JsonReader reader)
    {
        BlockParameter found = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = reader.GetString();
            _ = reader.Read();
            found = name switch
            {
                "blockNumber" => found with { Number = NumberOf(reader.GetString()!) },
                "blockHash" => found with { Hash = HexBytesConverter.ReadBytes(ref reader, 32) },
                "requireCanonical" => found with { IsCanonical = reader.GetBoolean() },
                _ => throw new JsonException($"a block has no {name}"),
            };
        }

        return (found.Number is null) == (found.Hash is null)
            ? throw new JsonException("blockNumber or blockHash, and not both")
            : found;
    }

    private static ulong NumberOf(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && StrictHex.Number(text) is BigInteger number && number <= ulong.MaxValue
            ? (ulong)number
            : throw new JsonException("a block is a tag, 0x and a number or a hash");
}
