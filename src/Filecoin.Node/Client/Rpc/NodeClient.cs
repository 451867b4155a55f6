using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Asks a node by JSON-RPC over HTTP.</summary>
internal sealed class NodeClient : IDisposable
{
    private const int AnswerBytesMax = 64 << 20;
    private const int DepthMax = 256;
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new()
    {
        MaxResponseContentBufferSize = AnswerBytesMax,
        Timeout = AnswerTimeMax,
    };

    private int last;
    private JsonArray? accounts;

    /// <summary>A client of the node at an address; nothing is sent yet.</summary>
    /// <param name="url">The address.</param>
    /// <param name="token">What the node asks callers for; null for nothing.</param>
    /// <exception cref="ClientException">It is no address of HTTP, or no token.</exception>
    public NodeClient(string url, string? token)
    {
        Url = Uri.TryCreate(url, UriKind.Absolute, out Uri? found)
            && (found.Scheme == Uri.UriSchemeHttp || found.Scheme == Uri.UriSchemeHttps)
                ? found
                : throw new ClientException(
                    $"no address of a node: {Excerpt.Of(url)} (such as {NodeUrl.Devnet})");
        if (!string.IsNullOrEmpty(token)
            && !http.DefaultRequestHeaders.TryAddWithoutValidation(
                "Authorization", $"Bearer {token.Trim()}"))
        {
            throw new ClientException($"no token: {Excerpt.Of(token)}");
        }
    }

    /// <summary>Where the node is.</summary>
    public Uri Url { get; }

    /// <summary>Accounts that the node signs for, as Ethereum writes them, in order.</summary>
    public IReadOnlyList<string> Accounts
    {
        get
        {
            accounts ??= Call("eth_accounts") as JsonArray ?? [];
            return [.. accounts.Select(account => (string)account!)];
        }
    }

    /// <summary>The answer to a call; null if it is null.</summary>
    /// <exception cref="ClientException">No node answers.</exception>
    /// <exception cref="NodeException">The node's answer is an error.</exception>
    public JsonNode? Call(string method, params JsonNode?[] parameters)
    {
        last++;
        JsonObject request = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = last,
            ["method"] = method,
            ["params"] = new JsonArray(parameters),
        };
        JsonObject answer = Send(request);
        if (answer["error"] is not JsonObject error)
        {
            return answer["result"];
        }

        throw new NodeException(
            (int?)error["code"] ?? RpcError.GeneralCode,
            (string?)error["message"] ?? "an error without words",
            error["data"]);
    }

    /// <summary>The answer to a call, which is of a type.</summary>
    public T Ask<T>(string method, params JsonNode?[] parameters) => Read<T>(
        method, Call(method, parameters));

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private T Read<T>(string method, JsonNode? found)
    {
        try
        {
            return RpcJson.Read<T>(found)!;
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw new ClientException($"{Url} answers {method} with what is none: "
                + Excerpt.Of(failure.Message), failure);
        }
    }

    private JsonObject Send(JsonObject request)
    {
        try
        {
            using HttpRequestMessage post = new(HttpMethod.Post, Url);
            post.Content = new StringContent(
                request.ToJsonString(), new MediaTypeHeaderValue("application/json"));
            using HttpResponseMessage answer = http.Send(post);
            using Stream body = answer.Content.ReadAsStream();
            return JsonNode.Parse(body, null, new() { MaxDepth = DepthMax }) is JsonObject found
                ? found
                : throw new ClientException($"{Url} answers what is no JSON-RPC");
        }
        catch (HttpRequestException failure)
        {
            string reason = (failure.InnerException ?? failure).Message;
            throw new ClientException(
                $"no node answers at {Url} ({reason}): start one with `fvm devnet`,"
                    + " or name another with --url",
                failure);
        }
        catch (JsonException failure)
        {
            throw new ClientException($"{Url} answers what is no JSON", failure);
        }
        catch (System.Threading.Tasks.TaskCanceledException failure)
        {
            throw new ClientException(
                $"{Url} does not answer within {AnswerTimeMax.TotalSeconds} seconds", failure);
        }
    }
}
