using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Filecoin.Flood;

/// <summary>A connection that sends whatever bytes it is told to as requests by HTTP.</summary>
internal sealed class HttpConnection : IDisposable
{
    private const string LengthName = "\r\nContent-Length:";

    private readonly TcpClient client = new() { NoDelay = true };
    private readonly byte[] room = new byte[64 << 10];
    private int filled;

    private HttpConnection()
    {
    }

    /// <summary>Connects.</summary>
    public static async Task<HttpConnection> Open(Uri node, CancellationToken stop)
    {
        HttpConnection connection = new();
        try
        {
            await connection.client.ConnectAsync(node.Host, node.Port, stop);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request.</summary>
    public async Task Send(byte[] body, CancellationToken stop)
    {
        await SendRaw(
            Encoding.ASCII.GetBytes(
                $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n"),
            stop);
        await SendRaw(body, stop);
    }

    /// <summary>Sends a part of a request.</summary>
    public async Task SendRaw(byte[] bytes, CancellationToken stop) =>
        await client.GetStream().WriteAsync(bytes, stop);

    /// <summary>The body of the next answer.</summary>
    /// <exception cref="IOException">The node has ended the connection.</exception>
    public async Task<byte[]> Receive(CancellationToken stop)
    {
        int headEnd;
        while ((headEnd = room.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await Read(room.AsMemory(filled), stop);
        }

        string head = Encoding.ASCII.GetString(room, 0, headEnd + 2);
        int start = head.IndexOf(LengthName, StringComparison.OrdinalIgnoreCase)
            + LengthName.Length;
        byte[] body = new byte[int.Parse(
            head[start..head.IndexOf('\r', start)], CultureInfo.InvariantCulture)];
        int bodyStart = headEnd + 4;
        int have = int.Min(body.Length, filled - bodyStart);
        room.AsSpan(bodyStart, have).CopyTo(body);
        room.AsSpan(bodyStart + have, filled - bodyStart - have).CopyTo(room);
        filled -= bodyStart + have;
        while (have < body.Length)
        {
            have += await Read(body.AsMemory(have), stop);
        }

        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<int> Read(Memory<byte> into, CancellationToken stop)
    {
        int count = await client.GetStream().ReadAsync(into, stop);
        return count > 0 ? count : throw new IOException("ended");
    }
}
