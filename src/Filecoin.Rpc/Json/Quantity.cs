using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>A number that is not negative, as Ethereum writes it.</summary>
/// <remarks>Read from <c>0x</c> digits, decimal digits or a JSON number.</remarks>
[JsonConverter(typeof(QuantityConverter))]
public readonly record struct Quantity(BigInteger Value)
{
    /// <summary>The number, if 64 bits hold it.</summary>
    /// <exception cref="RpcException">They do not.</exception>
    public ulong ToUInt64() => Value <= ulong.MaxValue
        ? (ulong)Value
        : throw RpcException.BadParameters($"{Value} is too large");

    /// <summary>The number as an amount in attoFIL.</summary>
    public TokenAmount ToAmount() => TokenAmount.FromAtto(Value);

    /// <summary>The number as a word of the EVM, 32 bytes.</summary>
    /// <exception cref="RpcException">It is larger.</exception>
    public byte[] ToWord()
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

    /// <summary>A number.</summary>
    public static implicit operator Quantity(ulong value) => new(value);
}

/// <summary>Reads and writes quantities.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong number)
            ? new(number)
            : reader.TokenType == JsonTokenType.String
                && Hex.TryReadNumber(reader.GetString(), out BigInteger value)
                ? new(value)
                : throw new JsonException("a number is 0x and digits, or digits; none is negative");

    public override void Write(
        Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.Of(value.Value));
}
