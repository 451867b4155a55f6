using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>A number that is not negative, as Ethereum writes it.</summary>
/// <remarks>
/// Read from a JSON number, or from <c>0x</c> and digits of which the first is no zero, but for
/// zero itself. Nodes of the network take more (eth-compat 1.2); what geth refuses is refused here
/// as well, since it is a mistake that another node finds later.
/// Spec: go-ethereum common/hexutil.
/// </remarks>
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

    /// <summary>A number.</summary>
    public static implicit operator Quantity(ulong value) => new(value);
}

/// <summary>A number that is not negative, as developers' tools write it.</summary>
/// <remarks>
/// Read from <c>0x</c> digits, decimal digits or a JSON number: anvil takes all of them.
/// </remarks>
[JsonConverter(typeof(LooseQuantityConverter))]
public readonly record struct LooseQuantity(BigInteger Value)
{
    /// <inheritdoc cref="Quantity.ToUInt64"/>
    public ulong ToUInt64() => new Quantity(Value).ToUInt64();

    /// <inheritdoc cref="Quantity.ToAmount"/>
    public TokenAmount ToAmount() => new Quantity(Value).ToAmount();

    /// <summary>A number.</summary>
    public static implicit operator LooseQuantity(ulong value) => new(value);
}

/// <summary>Reads and writes quantities.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong number)
            ? new(number)
            : reader.TokenType == JsonTokenType.String
                ? new(StrictHex.Number(reader.GetString()!))
                : throw new JsonException("a number is 0x and digits, and is not negative");

    public override void Write(
        Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.Of(value.Value));
}

/// <summary>Reads and writes numbers of developers' tools.</summary>
internal sealed class LooseQuantityConverter : JsonConverter<LooseQuantity>
{
    public override LooseQuantity Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong number)
            ? new(number)
            : reader.TokenType == JsonTokenType.String
                && Hex.TryReadNumber(reader.GetString(), out BigInteger value)
                ? new(value)
                : throw new JsonException("a number is 0x and digits, or digits; none is negative");

    public override void Write(
        Utf8JsonWriter writer, LooseQuantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.Of(value.Value));
}
