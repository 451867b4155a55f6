using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>
/// Connections whose calls nest so deep that the thread ends, and which go on on another.
/// </summary>
public sealed class WornThreadTests : IDisposable
{
    private const string Contract = "0x7777777777777777777777777777777777777777";

    // f(n) is 0 for 0, else f(n - 1) of a call of itself, and 1 if that succeeded.
    private const string Nesting =
        "0x5f3580600c575f5260205ff35b600190035f5260205f60205f5f305af15f51015f5260205ff3";

    private const int ShallowDepth = 3;
    private const int DeepDepth = 60;

    private readonly DevnetProcess devnet = DevnetProcess.Start();
    private readonly HttpClient http;
    private int connections;

    public WornThreadTests()
    {
        http = new(new SocketsHttpHandler { ConnectCallback = Connect });
        using RpcClient client = new(devnet.Url);
        _ = client.Call("hardhat_setCode", Contract, Nesting);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deep_and_shallow_calls_in_turn_are_answered_on_one_connection()
    {
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(DeepDepth + i, await Ask(DeepDepth + i));
            Assert.Equal(ShallowDepth, await Ask(ShallowDepth));
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task A_thread_ends_with_a_deep_call_and_not_with_a_shallow_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are looked up in /proc");
        Assert.Equal(ShallowDepth, await Ask(ShallowDepth));
        HashSet<string> first = devnet.ExecutorThreads();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(ShallowDepth, await Ask(ShallowDepth));
        }

        Assert.Subset(devnet.ExecutorThreads(), first);
        for (int i = 0; i < 10; i++)
        {
            HashSet<string> before = devnet.ExecutorThreads();
            Assert.Equal(DeepDepth, await Ask(DeepDepth));
            Assert.True(
                SpinWait.SpinUntil(
                    () => !before.IsSubsetOf(devnet.ExecutorThreads()), TimeSpan.FromSeconds(10)),
                "no thread has ended");
            Assert.Equal(ShallowDepth, await Ask(ShallowDepth));
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task Deep_and_shallow_calls_that_come_at_once_are_all_answered_on_one_socket()
    {
        const int Count = 60;
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(
            new(devnet.Url.Replace("http:", "ws:", StringComparison.Ordinal)), Cancelled);

        for (int id = 0; id < Count; id++)
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(Request(id, DepthOf(id))),
                WebSocketMessageType.Text, true, Cancelled);
        }

        Dictionary<int, int> answers = [];
        byte[] buffer = new byte[1_000];
        while (answers.Count < Count)
        {
            WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, Cancelled);
            Assert.True(read.EndOfMessage);
            JsonElement answer = JsonDocument.Parse(buffer.AsMemory(0, read.Count)).RootElement;
            answers.Add(answer.GetProperty("id").GetInt32(), DepthIn(answer));
        }

        Assert.All(answers, answer => Assert.Equal(DepthOf(answer.Key), answer.Value));

        static int DepthOf(int id) => id % 2 == 0 ? DeepDepth : ShallowDepth;
    }

    public void Dispose()
    {
        http.Dispose();
        devnet.Dispose();
    }

    private static string Request(int id, int depth) =>
        $$"""
        {"jsonrpc":"2.0","id":{{id}},"method":"eth_call","params":
        [{"to":"{{Contract}}","data":"0x{{depth:x64}}"},"latest"]}
        """;

    /// <summary>What the contract says its depth was.</summary>
    private static int DepthIn(JsonElement answer) => answer.TryGetProperty(
        "result", out JsonElement result)
        ? int.Parse(
            result.GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"{answer}");

    private async Task<int> Ask(int depth)
    {
        using HttpResponseMessage response = await http.PostAsync(
            devnet.Url, new StringContent(Request(1, depth)), Cancelled);
        return DepthIn(JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(Cancelled)).RootElement);
    }

    private async ValueTask<Stream> Connect(
        SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        connections++;
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancelled);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
