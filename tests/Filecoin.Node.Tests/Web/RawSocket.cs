using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Filecoin.Node.Tests.Web;

/// <summary>A WebSocket whose frames are written byte by byte.</summary>
internal sealed class RawSocket : IDisposable
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Ping = 9;

    /// <summary>The bit of a frame that is its message's last.</summary>
    public const byte Final = 0x80;

    private const byte CloseOpcode = 8;
    private const byte MaskBit = 0x80;
    private const byte Length16 = 126;
    private const byte Length64 = 127;
    private const int PatienceMilliseconds = 60_000;

    private readonly TcpClient client;
    private readonly NetworkStream stream;

    private RawSocket(TcpClient client) => (this.client, stream) = (client, client.GetStream());

    /// <summary>Connects to a node, and shakes hands.</summary>
    public static RawSocket Open(Uri url)
    {
        RawSocket socket = new(new TcpClient(url.Host, url.Port)
        {
            ReceiveTimeout = PatienceMilliseconds,
            SendTimeout = PatienceMilliseconds,
        });
        socket.stream.Write(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: {url.Host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        StringBuilder answer = new();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            answer.Append((char)socket.ReadByte());
        }

        Assert.StartsWith("HTTP/1.1 101", answer.ToString());
        return socket;
    }

    public void Dispose() => client.Dispose();

    /// <summary>Writes a frame; false if the node has ended the connection.</summary>
    public bool TryWrite(byte head, ReadOnlySpan<byte> content)
    {
        byte[] length = content.Length < Length16
            ? [(byte)(MaskBit | content.Length)]
            : [MaskBit | Length16, (byte)(content.Length >> 8), (byte)(content.Length & 0xff)];

        // A mask of zeros leaves the content as it is.
        return TryWriteBytes([head, .. length, 0, 0, 0, 0, .. content]);
    }

    /// <summary>Writes the beginning of a frame that says it has so many bytes.</summary>
    public void WriteHead(byte head, ulong length)
    {
        byte[] bytes = [head, MaskBit | Length64, .. new byte[12]];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), length);
        Assert.True(TryWriteBytes(bytes));
    }

    public bool TryWriteBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The next frame of the node: its opcode and what is in it.</summary>
    public (int Opcode, byte[] Content) Read()
    {
        int opcode = ReadByte() & 0xf;
        int length = ReadByte();
        length = length == Length16 ? (ReadByte() << 8) | ReadByte() : length;
        byte[] content = new byte[length];
        stream.ReadExactly(content);
        return (opcode, content);
    }

    /// <summary>The code that the node closes the connection with, which it does next.</summary>
    public int ReadClose()
    {
        (int opcode, byte[] content) = Read();
        Assert.Equal(CloseOpcode, opcode);
        return BinaryPrimitives.ReadUInt16BigEndian(content);
    }

    private int ReadByte() => stream.ReadByte() is int read and >= 0
        ? read
        : throw new IOException("the node has ended the connection");
}
