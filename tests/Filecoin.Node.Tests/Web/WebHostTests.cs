using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Filecoin.Rpc;

namespace Filecoin.Node.Tests.Web;

public sealed class WebHostTests : IAsyncDisposable
{
    private const string ReadCall = """{"id":1,"method":"eth_chainId"}""";
    private const string MineCall = """{"id":1,"method":"evm_mine"}""";

    private readonly DevnetNetwork network = DevnetNetwork.Open(new() { HasTokens = true });
    private readonly HttpClient http = new();
    private WebHost? host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_shows_no_token_may_only_read()
    {
        (HttpStatusCode status, string read) = await Post(ReadCall);
        (_, string refused) = await Post(MineCall);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("0x1df5e76", read);
        Assert.Contains("missing permission", refused);
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public async Task A_token_lets_its_bearer_do_what_it_grants()
    {
        CallerTokens tokens = network.Node.Tokens!;
        (_, string refused) = await Post(MineCall, tokens.Issue(Permission.Sign));
        (_, string done) = await Post(MineCall, tokens.Issue(Permission.Admin));

        Assert.Contains("missing permission", refused);
        Assert.Contains("\"result\":\"0x0\"", done);
        Assert.Equal(1, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused()
    {
        (HttpStatusCode status, string refused) = await Post(ReadCall, "none");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("the token is none of this node", refused);
    }

    [Fact]
    public async Task An_admin_makes_tokens_and_anybody_has_them_verified()
    {
        (_, string made) = await Post(
            """{"id":1,"method":"Filecoin.AuthNew","params":[["read","write"]]}""",
            network.Node.Tokens!.Issue(Permission.Admin));
        string token = Encoding.UTF8.GetString(
            JsonDocument.Parse(made).RootElement.GetProperty("result").GetBytesFromBase64());

        (_, string verified) = await Post(
            $$"""{"id":1,"method":"Filecoin.AuthVerify","params":["{{token}}"]}""");
        (_, string unknown) = await Post(
            """{"id":1,"method":"Filecoin.AuthNew","params":[["root"]]}""",
            network.Node.Tokens!.Issue(Permission.Admin));

        Assert.Contains("""["read","write"]""", verified);
        (_, string less) = await Post(
            """{"id":1,"method":"Filecoin.AuthNew","params":[["read","sign"]]}""",
            network.Node.Tokens!.Issue(Permission.Admin));
        Assert.Contains("permissions are read, write, sign, admin", unknown);
        Assert.Contains("goes with all before it: ask for read, write, sign", less);
    }

    [Fact]
    public async Task A_socket_has_its_token_in_the_address()
    {
        using ClientWebSocket socket = await Connect(
            $"?token={network.Node.Tokens!.Issue(Permission.Admin)}");

        Assert.Contains("\"result\":\"0x0\"", await Converse(socket, MineCall));
    }

    [Fact]
    public async Task A_socket_that_is_sent_too_much_is_told_so_and_goes_on()
    {
        using ClientWebSocket socket = await Connect("");

        string refused = await Converse(
            socket, new string(' ', network.Node.Limits.BodyBytesMax + 1));

        Assert.Contains("\"code\":-32600", refused);
        Assert.Contains("0x1df5e76", await Converse(socket, ReadCall));
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_in_json()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, await Url())
        {
            Content = new ByteArrayContent(new byte[network.Node.Limits.BodyBytesMax + 1]),
        };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(
            "\"code\":-32600", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task A_request_without_an_id_is_done_and_not_answered()
    {
        (HttpStatusCode status, string answer) = await Post(
            """{"jsonrpc":"2.0","method":"evm_mine"}""",
            network.Node.Tokens!.Issue(Permission.Admin));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal("", answer);
        Assert.Equal(1, network.Node.Chain.Head.Epoch.Value);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        network.Dispose();
    }

    private async Task<WebHost> Host() => host ??= await WebHost.Start(
        network.Server, network.Node, new(IPAddress.Loopback, 0));

    private async Task<string> Url() => $"http://{(await Host()).Endpoint}";

    private async Task<(HttpStatusCode Status, string Text)> Post(string call, string? token = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, await Url())
        {
            Content = new StringContent(call),
        };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using HttpResponseMessage response = await http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task<ClientWebSocket> Connect(string query)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new($"ws://{(await Host()).Endpoint}/{query}"), Cancelled);
        return socket;
    }

    private static async Task<string> Converse(ClientWebSocket socket, string request)
    {
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, Cancelled);
        byte[] answer = new byte[1_000];
        WebSocketReceiveResult read = await socket.ReceiveAsync(answer, Cancelled);
        return Encoding.UTF8.GetString(answer, 0, read.Count);
    }
}
