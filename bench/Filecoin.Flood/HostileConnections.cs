using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Filecoin.Flood;

/// <summary>Connections that do a node as much harm as they can.</summary>
internal sealed class HostileConnections(Uri node, CancellationToken end)
{
    private const int RestMilliseconds = 10;
    private const int SlowMilliseconds = 100;

    private readonly TaskCompletionSource allConnected = new();
    private int count;
    private int awaited;
    private int requests;
    private int answers;
    private int errors;
    private int improper;
    private int ends;

    /// <summary>Begins; done when all connections have ended.</summary>
    public Task Begin(Attack attack, int connections)
    {
        awaited = connections;
        return Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => Repeat(attack))));
    }

    /// <summary>Done when so many connections have been made as there are to be.</summary>
    public Task AllConnected => allConnected.Task;

    /// <summary>Counts up.</summary>
    public int Next() => Interlocked.Increment(ref count) - 1;

    /// <summary>Asks, takes the answers and looks at them, on one connection.</summary>
    public async Task Post(byte[][] bodies)
    {
        using HttpConnection connection = await Open();
        for (int i = Next(); ; i++)
        {
            _ = Interlocked.Increment(ref requests);
            await connection.Send(bodies[i % bodies.Length], end);
            Note(await connection.Receive(end));
            await Task.Delay(RestMilliseconds, end);
        }
    }

    /// <summary>Asks and takes the answer, on a connection for this alone.</summary>
    public async Task PostOnce(byte[] body)
    {
        using HttpConnection connection = await Open();
        _ = Interlocked.Increment(ref requests);
        await connection.Send(body, end);
        Note(await connection.Receive(end));
    }

    /// <summary>Asks without an end and takes no answer.</summary>
    public async Task PostWithoutReading(byte[][] bodies)
    {
        using HttpConnection connection = await Open();
        for (int i = 0; ; i++)
        {
            _ = Interlocked.Increment(ref requests);
            await connection.Send(bodies[i % bodies.Length], end);
            await Task.Delay(RestMilliseconds, end);
        }
    }

    /// <summary>Begins a request, and then writes a byte of it now and then.</summary>
    public async Task WriteSlowly(byte[] head)
    {
        using HttpConnection connection = await Open();
        await connection.SendRaw(head, end);
        while (true)
        {
            await connection.SendRaw("x"u8.ToArray(), end);
            _ = Interlocked.Increment(ref requests);
            await Task.Delay(SlowMilliseconds, end);
        }
    }

    /// <summary>Asks by WebSocket without an end and takes no answer.</summary>
    public async Task AskWithoutReading(byte[][] texts)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws" }.Uri, end);
        NoteConnection();
        for (int i = Next(); ; i++)
        {
            _ = Interlocked.Increment(ref requests);
            await socket.SendAsync(
                texts[i % texts.Length], WebSocketMessageType.Text, true, end);
            await Task.Delay(RestMilliseconds, end);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{requests} requests, {answers} answers, {errors} with errors,"
        + $" {improper} improper, {ends} cut off";

    private async Task<HttpConnection> Open()
    {
        HttpConnection connection = await HttpConnection.Open(node, end);
        NoteConnection();
        return connection;
    }

    private void NoteConnection()
    {
        if (Interlocked.Decrement(ref awaited) == 0)
        {
            allConnected.SetResult();
        }
    }

    private async Task Repeat(Attack attack)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await attack.Run(this);
            }
            catch (Exception failure) when (failure is IOException or SocketException
                or WebSocketException or OperationCanceledException)
            {
                _ = end.IsCancellationRequested ? 0 : Interlocked.Increment(ref ends);
                await Task.Delay(RestMilliseconds, CancellationToken.None);
            }
        }
    }

    /// <summary>An answer has a result, or an error with code and message.</summary>
    private void Note(byte[] body)
    {
        _ = Interlocked.Increment(ref answers);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            foreach (JsonElement answer in root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray().ToArray()
                : [root])
            {
                if (answer.TryGetProperty("error", out JsonElement error))
                {
                    _ = Interlocked.Increment(ref errors);
                    _ = error.GetProperty("code").GetInt32();
                    _ = error.GetProperty("message").GetString();
                }
                else
                {
                    _ = answer.GetProperty("result");
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            _ = Interlocked.Increment(ref improper);
            Console.Error.WriteLine($"improper: {Encoding.UTF8.GetString(body)}");
        }
    }
}
