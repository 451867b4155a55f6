using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>A word of the EVM, 32 bytes: a slot, or what it holds.</summary>
/// <remarks>
/// Read from a JSON number or <c>0x</c> and 1 to 64 digits: slots are written as numbers and as
/// words, with zeros before them. Spec: go-ethereum internal/ethapi, decodeHash.
/// </remarks>
[JsonConverter(typeof(WordConverter))]
public readonly record struct Word(BigInteger Value)
{
    /// <summary>Its bytes, the highest first.</summary>
    /// <exception cref="RpcException">It has more than 32.</exception>
    public byte[] ToBytes()
    {
        byte[] bytes = Value.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (bytes.Length > ContractRecord.WordLength)
        {
            throw RpcException.BadParameters("a word has 32 bytes");
        }

        byte[] word = new byte[ContractRecord.WordLength];
        bytes.CopyTo(word, word.Length - bytes.Length);
        return word;
    }
}

/// <summary>Reads and writes words.</summary>
internal sealed class WordConverter : JsonConverter<Word>
{
    public override Word Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong number)
            ? new(number)
            : reader.TokenType == JsonTokenType.String
                ? new(StrictHex.Word(reader.GetString()!))
                : throw new JsonException("a word is 0x and 1 to 64 digits");

    public override void Write(
        Utf8JsonWriter writer, Word value, JsonSerializerOptions options) =>
        HexBytesConverter.Write(writer, value.ToBytes());
}
