using System.Globalization;
using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>A link, as lotus writes it: <c>{"/": "bafy…"}</c>.</summary>
[JsonConverter(typeof(CidLinkConverter))]
public readonly record struct CidLink(Cid Cid);

/// <summary>An address, as a network of no value writes it: t0 to t4.</summary>
[JsonConverter(typeof(AddressConverter))]
public readonly record struct AddressView(Address Address)
{
    /// <summary>Its text.</summary>
    public override string ToString() => Address.ToTestnetString();
}

/// <summary>An amount in attoFIL, in decimal digits.</summary>
[JsonConverter(typeof(AmountConverter))]
public readonly record struct AmountView(TokenAmount Amount);

/// <summary>Reads and writes links.</summary>
internal sealed class CidLinkConverter : JsonConverter<CidLink>
{
    public override CidLink Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("/", out JsonElement text)
            && Cid.TryParse(text.GetString(), out Cid cid)
                ? new(cid)
                : throw new JsonException("a link is {\"/\": CID}");
    }

    public override void Write(
        Utf8JsonWriter writer, CidLink value, JsonSerializerOptions options) =>
        Write(writer, value.Cid);

    internal static void Write(Utf8JsonWriter writer, Cid cid)
    {
        writer.WriteStartObject();
        writer.WriteString("/", cid.ToString());
        writer.WriteEndObject();
    }
}

/// <summary>Reads and writes addresses.</summary>
internal sealed class AddressConverter : JsonConverter<AddressView>
{
    public override AddressView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Address.TryParse(reader.GetString(), out Address address)
            ? new(address)
            : throw new JsonException("no address");

    public override void Write(
        Utf8JsonWriter writer, AddressView value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"{value}");
}

/// <summary>Reads and writes amounts.</summary>
internal sealed class AmountConverter : JsonConverter<AmountView>
{
    public override AmountView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BigInteger.TryParse(
            reader.GetString() is { Length: <= 100 } text ? text : "",
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out BigInteger atto)
            ? new(TokenAmount.FromAtto(atto))
            : throw new JsonException("an amount is decimal digits in a string");

    public override void Write(
        Utf8JsonWriter writer, AmountView value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Amount.ToBigInteger().ToString(
            CultureInfo.InvariantCulture));
}
