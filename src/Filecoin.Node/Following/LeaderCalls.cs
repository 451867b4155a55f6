using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Filecoin.Node;

/// <summary>Calls of JSON-RPC by HTTP, many in a request.</summary>
/// <remarks>Errors: each is a <see cref="LeaderException"/>.</remarks>
internal sealed class LeaderCalls : IDisposable
{
    private const int AtOnceMax = 500;
    private const int AnswerBytesMax = 256 << 20;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new()
    {
        Timeout = WaitMax,
        MaxResponseContentBufferSize = AnswerBytesMax,
    };

    private readonly Uri url;
    private readonly CancellationToken end;

    /// <summary>Calls of a node.</summary>
    /// <exception cref="FormatException">The address is none of HTTP.</exception>
    public LeaderCalls(string address, CancellationToken end)
    {
        url = Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed)
            && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
                ? parsed
                : throw new FormatException($"{address} is no address http://host:port");
        this.end = end;
    }

    /// <summary>Asks one thing.</summary>
    public JsonElement Ask(string method) => Ask(method, static answer => answer);

    /// <summary>Asks one thing, and reads the answer.</summary>
    public T Ask<T>(
        string method, Func<JsonElement, T> read, Action<Utf8JsonWriter>? parameters = null) =>
        AskAll(method, [method], read, (writer, _) => parameters?.Invoke(writer))[0];

    /// <summary>Asks one method of many things, and reads the answers.</summary>
    public List<TResult> AskAll<T, TResult>(
        string method,
        IReadOnlyList<T> asked,
        Func<JsonElement, TResult> read,
        Action<Utf8JsonWriter, T> parameters)
    {
        List<TResult> results = new(asked.Count);
        for (int start = 0; start < asked.Count; start += AtOnceMax)
        {
            int count = int.Min(AtOnceMax, asked.Count - start);
            byte[] request = Request(method, asked, start, count, parameters);
            using JsonDocument document = Send(request, method);
            try
            {
                foreach (JsonElement answer in InOrder(document.RootElement, count, method))
                {
                    results.Add(read(answer));
                }
            }
            catch (Exception failure) when (failure is JsonException or FormatException
                or InvalidOperationException or KeyNotFoundException or OverflowException)
            {
                throw Malformed(method, failure);
            }
        }

        return results;
    }

    /// <summary>An answer is none that the method has.</summary>
    public LeaderException Malformed(string method, Exception? cause = null) =>
        new($"{url}: {method} is not answered as it should be", isPassing: false, cause);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static byte[] Request<T>(
        string method,
        IReadOnlyList<T> asked,
        int start,
        int count,
        Action<Utf8JsonWriter, T> parameters)
    {
        ArrayBufferWriter<byte> request = new();
        using Utf8JsonWriter writer = new(request);
        writer.WriteStartArray();
        for (int i = 0; i < count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WriteNumber("id", i);
            writer.WriteString("method", method);
            writer.WriteStartArray("params");
            parameters(writer, asked[start + i]);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return request.WrittenSpan.ToArray();
    }

    private JsonDocument Send(byte[] request, string method)
    {
        try
        {
            using HttpRequestMessage post = new(HttpMethod.Post, url);
            post.Content = new ByteArrayContent(request);
            post.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response =
                http.Send(post, HttpCompletionOption.ResponseContentRead, end);
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(response.Content.ReadAsStream(end))
                : throw new LeaderException(
                    $"{url}: HTTP status {(int)response.StatusCode}", isPassing: true);
        }
        catch (JsonException failure)
        {
            throw Malformed(method, failure);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            throw new LeaderException(
                $"{url} does not answer: {failure.Message}", isPassing: true, failure);
        }
    }

    private JsonElement[] InOrder(JsonElement answers, int count, string method)
    {
        JsonElement?[] sorted = new JsonElement?[count];
        foreach (JsonElement answer in answers.EnumerateArray())
        {
            if (answer.TryGetProperty("error", out JsonElement error))
            {
                string? line = error.GetProperty("message").GetString();
                throw new LeaderException($"{url}: {method}: {line}", isPassing: true);
            }

            sorted[answer.GetProperty("id").GetInt32() is int id && id >= 0 && id < count
                ? id
                : throw Malformed(method)] = answer.GetProperty("result").Clone();
        }

        return Array.ConvertAll(sorted, answer => answer ?? throw Malformed(method));
    }
}
