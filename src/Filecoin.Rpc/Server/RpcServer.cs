using System.Buffers;

namespace Filecoin.Rpc;

/// <summary>Answers requests of JSON-RPC, single ones and batches.</summary>
/// <remarks>Spec: eth-compat 1. Any number of threads may call it.</remarks>
public sealed class RpcServer
{
    private readonly Dictionary<string, RpcMethod> methods = [];
    private readonly JsonDocumentOptions reading;

    /// <summary>A server of methods.</summary>
    /// <param name="table">The methods, each name once.</param>
    /// <param name="limits">What a caller may ask for at once.</param>
    public RpcServer(IReadOnlyList<RpcMethod> table, RpcLimits limits)
    {
        Limits = limits;
        Table = table;
        reading = new() { MaxDepth = limits.DepthMax };
        foreach (RpcMethod method in table)
        {
            methods.Add(method.Name, method);
        }
    }

    /// <summary>What a caller may ask for at once.</summary>
    public RpcLimits Limits { get; }

    /// <summary>The methods.</summary>
    public IReadOnlyList<RpcMethod> Table { get; }

    /// <summary>Answers a request.</summary>
    /// <returns>The answer; empty where none is due.</returns>
    public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> request, RpcCall call)
    {
        ArrayBufferWriter<byte> answer = new(512);
        using Utf8JsonWriter writer = new(answer);
        if (request.Length > Limits.BodyBytesMax)
        {
            WriteError(writer, null, new(
                RpcError.InvalidRequestCode, $"more than {Limits.BodyBytesMax} bytes"));
        }
        else
        {
            AnswerText(request, call, answer, writer);
        }

        writer.Flush();
        return answer.WrittenMemory;
    }

    private void AnswerText(
        ReadOnlyMemory<byte> request,
        RpcCall call,
        ArrayBufferWriter<byte> answer,
        Utf8JsonWriter writer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(request, reading);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                AnswerBatch(root, call, answer, writer);
            }
            else
            {
                _ = AnswerOne(root, call, writer);
            }
        }
        catch (JsonException failure)
        {
            WriteError(writer, null, new(
                RpcError.ParseErrorCode, $"no JSON: {failure.Message}"));
        }
    }

    private void AnswerBatch(
        JsonElement batch, RpcCall call, ArrayBufferWriter<byte> answer, Utf8JsonWriter writer)
    {
        int count = batch.GetArrayLength();
        if (count == 0 || count > Limits.BatchMax)
        {
            WriteError(writer, null, new(
                RpcError.InvalidRequestCode,
                count == 0 ? "an empty batch" : $"{count} calls, more than {Limits.BatchMax}"));
            return;
        }

        writer.WriteStartArray();
        int written = 0;
        foreach (JsonElement request in batch.EnumerateArray())
        {
            if (answer.WrittenCount + writer.BytesPending > Limits.AnswerBytesMax)
            {
                WriteError(writer, IdOf(request), new(
                    RpcError.LimitCode, $"the answers take {Limits.AnswerBytesMax} bytes"));
                written++;
                continue;
            }

            written += AnswerOne(request, call, writer) ? 1 : 0;
        }

        writer.WriteEndArray();
        if (written == 0)
        {
            writer.Reset();
            answer.Clear();
        }
    }

    /// <summary>Answers a call; false if it wants no answer.</summary>
    private bool AnswerOne(JsonElement request, RpcCall call, Utf8JsonWriter writer)
    {
        JsonElement? id = IdOf(request);
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("method", out JsonElement name)
            || name.ValueKind != JsonValueKind.String)
        {
            WriteError(writer, id, new(RpcError.InvalidRequestCode, "no request"));
            return true;
        }

        bool isNotice = !request.TryGetProperty("id", out _);
        ArrayBufferWriter<byte> result = new(256);
        RpcCall named = call.Connection is null ? call : call with { RequestId = $"{id}" };
        RpcError? error = Run(name.GetString()!, request, named, result);
        if (isNotice)
        {
            return false;
        }

        if (error is not null)
        {
            WriteError(writer, id, error);
            return true;
        }

        WriteStart(writer, id);
        writer.WritePropertyName("result");
        writer.WriteRawValue(result.WrittenSpan, skipInputValidation: true);
        writer.WriteEndObject();
        return true;
    }

    private RpcError? Run(
        string name, JsonElement request, RpcCall call, ArrayBufferWriter<byte> result)
    {
        if (!methods.TryGetValue(name, out RpcMethod? method))
        {
            return new(RpcError.MethodNotFoundCode, $"method '{name}' not found");
        }

        if (method.Permission > call.Granted)
        {
            return new(
                RpcError.GeneralCode,
                $"missing permission to invoke '{name}' (need '{method.Permission}')");
        }

        call.Node.Log(name);
        try
        {
            using Utf8JsonWriter writer = new(result);
            method.Invoke(call, ArgumentsOf(request), writer);
            writer.Flush();
            return result.WrittenCount <= Limits.AnswerBytesMax ? null : new(
                RpcError.LimitCode, $"the result takes more than {Limits.AnswerBytesMax} bytes");
        }
        catch (RpcException failure)
        {
            return failure.Error;
        }
        catch (JsonException failure)
        {
            return new(RpcError.InvalidParametersCode, $"{name}: {failure.Message}");
        }
        catch (Exception failure) when (failure is IpldException or FatalException
            or MessageRefusedException or TipsetRefusedException or SnapshotException
            or ArgumentException)
        {
            return new(RpcError.GeneralCode, failure.Message);
        }
        catch (Exception defect)
        {
            return new(
                RpcError.InternalCode, $"a defect, {defect.GetType().Name}: {defect.Message}");
        }
    }

    private static JsonElement[] ArgumentsOf(JsonElement request)
    {
        if (!request.TryGetProperty("params", out JsonElement given)
            || given.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return given.ValueKind == JsonValueKind.Array
            ? [.. given.EnumerateArray()]
            : throw RpcException.BadParameters("parameters are a list");
    }

    private static JsonElement? IdOf(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("id", out JsonElement id)
            ? id
            : null;

    private static void WriteStart(Utf8JsonWriter writer, JsonElement? id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WritePropertyName("id");
        if (id is JsonElement given
            && given.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            given.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteError(Utf8JsonWriter writer, JsonElement? id, RpcError error)
    {
        WriteStart(writer, id);
        writer.WritePropertyName("error");
        RpcJson.Write(writer, error);
        writer.WriteEndObject();
    }
}
