using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Filecoin.Rpc;

/// <summary>Answers requests of JSON-RPC, single ones and batches.</summary>
/// <remarks>Spec: eth-compat 1. Any number of threads may call it.</remarks>
public sealed class RpcServer
{
    private readonly Dictionary<string, RpcMethod> methods = [];
    private readonly JsonDocumentOptions reading;

    /// <summary>Bytes of a request whose document takes no memory to speak of.</summary>
    private const int CountedFrom = 64 << 10;

    private const int ValuesAtATime = 1 << 14;

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
    /// <returns>The answer, to be disposed of; empty where none is due.</returns>
    public AnswerBuffer Answer(ReadOnlyMemory<byte> request, RpcCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        AnswerBuffer answer = new(Limits.AnswerBytesMax, call.Node.SendingBytes);
        try
        {
            if (request.Length > Limits.BodyBytesMax)
            {
                WriteError(answer, null, new(
                    RpcError.InvalidRequestCode, $"more than {Limits.BodyBytesMax} bytes"));
            }
            else
            {
                AnswerText(request, call, answer);
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The answer to a request that is not even read.</summary>
    public static AnswerBuffer Refusal(RpcError error)
    {
        AnswerBuffer answer = new(ByteBudget.FreeBytes);
        WriteError(answer, null, error);
        return answer;
    }

    private void AnswerText(ReadOnlyMemory<byte> request, RpcCall call, AnswerBuffer answer)
    {
        try
        {
            if (!Utf8.IsValid(request.Span))
            {
                WriteError(answer, null, new(RpcError.ParseErrorCode, "no JSON: no UTF-8"));
                return;
            }

            if (request.Length > CountedFrom && HasTooManyValues(request.Span))
            {
                WriteError(answer, null, new(
                    RpcError.InvalidRequestCode, $"more than {Limits.ValuesMax} values"));
                return;
            }

            using JsonDocument document = JsonDocument.Parse(request, reading);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                AnswerBatch(root, call, answer);
            }
            else
            {
                RpcError? end = null;
                _ = AnswerOne(root, call, answer, ""u8, ref end);
            }
        }
        catch (JsonException failure)
        {
            WriteError(answer, null, new(
                RpcError.ParseErrorCode, $"no JSON: {failure.Message}"));
        }
        catch (OperationCanceledException ended)
        {
            WriteError(answer, null, new(RpcError.LimitCode, ended.Message));
        }
    }

    /// <summary>Whether a document of a text would take too much memory.</summary>
    private bool HasTooManyValues(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text, new() { MaxDepth = Limits.DepthMax });
        int values = 0;
        while (values <= Limits.ValuesMax && reader.Read())
        {
            if (++values % ValuesAtATime == 0)
            {
                ExecutorThread.Pause();
            }
        }

        return values > Limits.ValuesMax;
    }

    private void AnswerBatch(JsonElement batch, RpcCall call, AnswerBuffer answer)
    {
        int count = batch.GetArrayLength();
        if (count == 0 || count > Limits.BatchMax)
        {
            WriteError(answer, null, new(
                RpcError.InvalidRequestCode,
                count == 0 ? "an empty batch" : $"{count} calls, more than {Limits.BatchMax}"));
            return;
        }

        bool isEmpty = true;
        RpcError? end = null;
        foreach (JsonElement request in batch.EnumerateArray())
        {
            ReadOnlySpan<byte> before = isEmpty ? "["u8 : ","u8;
            if (end is null)
            {
                isEmpty &= !AnswerOne(request, call, answer, before, ref end);
                end ??= answer.Length < Limits.AnswerBytesMax ? null : new(
                    RpcError.LimitCode, $"the answers take {Limits.AnswerBytesMax} bytes");
            }
            else if (IsAnswered(request))
            {
                answer.Write(before);
                WriteError(answer, IdOf(request), end);
                isEmpty = false;
            }
        }

        answer.Write(isEmpty ? ""u8 : "]"u8);
    }

    /// <summary>Answers a call; false if it wants no answer.</summary>
    /// <param name="request">The call.</param>
    /// <param name="call">What it works on.</param>
    /// <param name="answer">Where the answer goes.</param>
    /// <param name="before">What comes before an answer.</param>
    /// <param name="end">Is set to why no more calls of the request are to run.</param>
    private bool AnswerOne(
        JsonElement request,
        RpcCall call,
        AnswerBuffer answer,
        ReadOnlySpan<byte> before,
        ref RpcError? end)
    {
        JsonElement? id = IdOf(request);
        long start = answer.Length;
        answer.Write(before);
        if (NameOf(request) is not string name)
        {
            WriteError(answer, id, new(RpcError.InvalidRequestCode, "no request"));
            return true;
        }

        if (id?.ValueKind is not (null or JsonValueKind.String or JsonValueKind.Number
            or JsonValueKind.Null))
        {
            WriteError(answer, null, new(
                RpcError.InvalidRequestCode, "an id is a text or a number"));
            return true;
        }

        WriteStart(answer, id, ",\"result\":"u8);
        RpcCall named = call.Connection is null ? call : call with { RequestId = id?.GetRawText() };
        RpcError? error = Run(name, request, named, answer, ref end);
        bool isAnswered = IsAnswered(request);
        if (!isAnswered)
        {
            answer.Truncate(start);
        }
        else if (error is not null)
        {
            answer.Truncate(start);
            answer.Write(before);
            WriteError(answer, id, error);
        }
        else
        {
            answer.Write("}"u8);
        }

        return isAnswered;
    }

    private RpcError? Run(
        string name,
        JsonElement request,
        RpcCall call,
        AnswerBuffer result,
        ref RpcError? end)
    {
        if (!methods.TryGetValue(name, out RpcMethod? method))
        {
            return new(RpcError.MethodNotFoundCode, $"method '{name}' not found");
        }

        if (method.Permission > call.Granted)
        {
            return new(
                RpcError.GeneralCode,
                $"missing permission to invoke '{name}'"
                    + $" (need '{PermissionNames.Of(method.Permission)[^1]}')");
        }

        call.Node.Log(name);
        try
        {
            ExecutorThread.Pause();
            result.IsLimited = true;
            using Utf8JsonWriter writer = new(result);
            method.Invoke(call, ArgumentsOf(request), writer);
            return null;
        }
        catch (RpcException failure)
        {
            return failure.Error;
        }
        catch (OperationCanceledException ended)
        {
            return end = new(RpcError.LimitCode, ended.Message);
        }
        catch (JsonException failure)
        {
            return new(RpcError.InvalidParametersCode, $"{name}: {failure.Message}");
        }
        catch (Exception failure) when (failure is IpldException or FatalException
            or MessageRefusedException or TipsetRefusedException or SnapshotException
            or StateMissingException or ArgumentException)
        {
            return new(RpcError.GeneralCode, failure.Message);
        }
        catch (Exception defect)
        {
            return new(
                RpcError.InternalCode, $"a defect, {defect.GetType().Name}: {defect.Message}");
        }
        finally
        {
            result.IsLimited = false;
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

    /// <summary>The method that a request names; null if it names none.</summary>
    private static string? NameOf(JsonElement request)
    {
        try
        {
            return request.ValueKind == JsonValueKind.Object
                && request.TryGetProperty("method", out JsonElement name)
                && name.ValueKind == JsonValueKind.String
                    ? name.GetString()
                    : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a pair of surrogates is no text.
            return null;
        }
    }

    /// <summary>Whether a call wants an answer; what is no call has one always.</summary>
    /// <remarks>Spec: JSON-RPC 2.0, 4.1: a notification is a request without an id.</remarks>
    private static bool IsAnswered(JsonElement request) =>
        request.ValueKind != JsonValueKind.Object || request.TryGetProperty("id", out _);

    private static JsonElement? IdOf(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("id", out JsonElement id)
            ? id
            : null;

    private static void WriteStart(
        AnswerBuffer answer, JsonElement? id, ReadOnlySpan<byte> member)
    {
        answer.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        answer.Write(id is JsonElement given
            && given.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? JsonMarshal.GetRawUtf8Value(given)
                : "null"u8);
        answer.Write(member);
    }

    private static void WriteError(AnswerBuffer answer, JsonElement? id, RpcError error)
    {
        WriteStart(answer, id, ",\"error\":"u8);
        using (Utf8JsonWriter writer = new(answer))
        {
            RpcJson.Write(writer, error);
        }

        answer.Write("}"u8);
    }
}
