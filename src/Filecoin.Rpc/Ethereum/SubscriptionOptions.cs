namespace Filecoin.Rpc;

/// <summary>What a subscription is told beside its kind.</summary>
/// <param name="Logs">Which logs; null for all.</param>
/// <param name="IsFull">Whether transactions are told whole, and not by their hash.</param>
/// <remarks>Spec: go-ethereum eth/filters/api.go, NewPendingTransactions and Logs.</remarks>
[JsonConverter(typeof(SubscriptionOptionsConverter))]
public sealed record SubscriptionOptions(LogFilter? Logs, bool IsFull);

/// <summary>Reads what a subscription is told: a filter of logs, or a truth value.</summary>
internal sealed class SubscriptionOptionsConverter : JsonConverter<SubscriptionOptions>
{
    public override SubscriptionOptions Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return new(null, reader.GetBoolean());
        }

        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new(RpcJson.Read<LogFilter>(document.RootElement), false)
            : throw new JsonException("a filter of logs, or true for whole transactions");
    }

    public override void Write(
        Utf8JsonWriter writer, SubscriptionOptions value, JsonSerializerOptions options) =>
        throw new NotSupportedException("they are read only");
}
