using System.Net.Http.Json;
using System.Text.Json;

namespace Filecoin.TestKit;

/// <summary>Calls a node by JSON-RPC over HTTP, one call at a time.</summary>
/// <param name="url">Where the node is.</param>
/// <param name="token">What it asks callers for; null for nothing.</param>
public sealed class RpcClient(string url, string? token = null) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>What a method answers.</summary>
    /// <exception cref="InvalidOperationException">It answers with an error.</exception>
    /// <exception cref="HttpRequestException">The node does not answer.</exception>
    public JsonElement Call(string method, params object?[] parameters)
    {
        JsonElement answer = Answer(method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer.GetProperty("error")}");
    }

    /// <summary>The message of the error that a method answers with.</summary>
    public string Refusal(string method, params object?[] parameters) =>
        Answer(method, parameters).GetProperty("error").GetProperty("message").GetString()!;

    /// <summary>Asks until an answer is as it should be.</summary>
    public void WaitFor(Func<RpcClient, bool> isSo, string what)
    {
        DateTime limit = DateTime.UtcNow.AddSeconds(60);
        while (!isSo(this))
        {
            if (DateTime.UtcNow > limit)
            {
                throw new TimeoutException($"{url}: not so after a minute: {what}");
            }

            Thread.Sleep(20);
        }
    }

    public void Dispose() => http.Dispose();

    private JsonElement Answer(string method, object?[] parameters)
    {
        using JsonContent content = JsonContent.Create(
            new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        content.LoadIntoBufferAsync().GetAwaiter().GetResult();
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using HttpResponseMessage response = http.Send(request);
        using JsonDocument document = JsonDocument.Parse(response.Content.ReadAsStream());
        return document.RootElement.Clone();
    }
}
