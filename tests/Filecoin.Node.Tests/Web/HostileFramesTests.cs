using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>Frames that no client sends: the node refuses them, lives on, stays small.</summary>
public sealed class HostileFramesTests : IDisposable
{
    private const int InvalidFrame = 1002;
    private const int InvalidText = 1007;
    private const int TooBig = 1009;
    private const long MemoryBytesMax = 300L << 20;
    private const int FragmentBytes = 60_000;
    private const int RequestBytesMax = 16 << 20;
    private const int SentBytesMax = 256 << 20;

    private readonly DevnetProcess devnet = DevnetProcess.Start();

    public void Dispose() => devnet.Dispose();

    [Theory]
    [InlineData(FragmentBytes)]
    [InlineData(1)]
    [InlineData(0)]
    public void A_message_that_has_fragments_for_ever_is_ended(int fragmentBytes)
    {
        using RawSocket socket = Open();
        byte[] frame = FragmentsOf(fragmentBytes);
        Assert.True(socket.TryWrite(RawSocket.Text, []));
        long sent = 0;
        long memory = 0;
        while (sent < SentBytesMax && socket.TryWriteBytes(frame))
        {
            sent += frame.Length;
            memory = long.Max(memory, devnet.MemoryBytes);
        }

        Assert.True(sent < SentBytesMax, "the node read on and on");
        Assert.True(memory < MemoryBytesMax, $"{memory} bytes");
        AssertAlive();
    }

    [Fact]
    public async Task A_message_of_fragments_that_is_too_long_is_closed_with_the_code_for_that()
    {
        using RawSocket socket = Open();
        Assert.True(socket.TryWrite(RawSocket.Text, []));
        byte[] content = new byte[FragmentBytes];
        Task writing = Task.Run(
            () =>
            {
                // As much as is read before the node gives up.
                for (int sent = 0; sent <= 2 * RequestBytesMax; sent += content.Length)
                {
                    _ = socket.TryWrite(RawSocket.Continuation, content);
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(TooBig, socket.ReadClose());
        await writing;
        AssertAlive();
    }

    [Fact]
    public void A_length_that_nobody_has_takes_no_memory()
    {
        List<RawSocket> sockets = [];
        for (int i = 0; i < 50; i++)
        {
            RawSocket socket = Open();
            sockets.Add(socket);
            socket.WriteHead(RawSocket.Final | RawSocket.Text, 1UL << 62);
            Assert.True(socket.TryWriteBytes("["u8));
        }

        AssertAlive();
        Assert.True(devnet.MemoryBytes < MemoryBytesMax, $"{devnet.MemoryBytes} bytes");
        sockets.ForEach(static socket => socket.Dispose());
        AssertAlive();
    }

    [Fact]
    public void A_length_beyond_all_numbers_is_no_frame()
    {
        using RawSocket socket = Open();
        socket.WriteHead(RawSocket.Final | RawSocket.Text, ulong.MaxValue);

        Assert.Equal(InvalidFrame, socket.ReadClose());
        AssertAlive();
    }

    [Theory]
    [InlineData(RawSocket.Final | RawSocket.Continuation, "a continuation of nothing")]
    [InlineData(RawSocket.Final | 3, "an opcode that is not there")]
    [InlineData(RawSocket.Final | 0x40 | RawSocket.Text, "a bit that means nothing")]
    [InlineData(RawSocket.Ping, "a ping in fragments")]
    public void A_frame_that_breaks_the_rules_is_closed_with_the_code_for_that(
        byte head, string content)
    {
        using RawSocket socket = Open();

        Assert.True(socket.TryWrite(head, Encoding.ASCII.GetBytes(content)));

        Assert.Equal(InvalidFrame, socket.ReadClose());
        AssertAlive();
    }

    [Fact]
    public void A_ping_that_is_longer_than_any_may_be_breaks_the_rules()
    {
        using RawSocket socket = Open();
        Assert.True(socket.TryWrite(RawSocket.Final | RawSocket.Ping, new byte[200]));

        Assert.Equal(InvalidFrame, socket.ReadClose());
        AssertAlive();
    }

    [Fact]
    public void A_message_that_begins_within_another_breaks_the_rules()
    {
        using RawSocket socket = Open();
        Assert.True(socket.TryWrite(RawSocket.Text, "[1,"u8));
        Assert.True(socket.TryWrite(RawSocket.Final | RawSocket.Text, "[]"u8));

        Assert.Equal(InvalidFrame, socket.ReadClose());
        AssertAlive();
    }

    [Fact]
    public void Text_that_is_no_utf8_is_closed_with_the_code_for_that()
    {
        using RawSocket socket = Open();
        Assert.True(socket.TryWrite(RawSocket.Final | RawSocket.Text, [0x22, 0xc3, 0x28, 0x22]));

        Assert.Equal(InvalidText, socket.ReadClose());
        AssertAlive();
    }

    [Fact]
    public void Bytes_are_read_as_a_request_and_refused_if_they_are_none()
    {
        using RawSocket socket = Open();
        Assert.True(socket.TryWrite(RawSocket.Final | RawSocket.Binary, [0xff, 0x00, 0xc3, 0x28]));
        Assert.Contains("-32700", Encoding.UTF8.GetString(socket.Read().Content));

        Assert.True(socket.TryWrite(
            RawSocket.Final | RawSocket.Binary, """{"id":1,"method":"eth_chainId"}"""u8));
        Assert.Contains("0x1df5e76", Encoding.UTF8.GetString(socket.Read().Content));
    }

    private RawSocket Open() => RawSocket.Open(new(devnet.Url));

    /// <summary>Others are answered as before.</summary>
    private void AssertAlive()
    {
        using RpcClient client = new(devnet.Url);
        Assert.Equal("0x1df5e76", client.Call("eth_chainId").GetString());
    }

    /// <summary>About as many bytes as one large fragment, in fragments of a size.</summary>
    private static byte[] FragmentsOf(int contentBytes)
    {
        List<byte> frames = [];
        while (frames.Count < FragmentBytes)
        {
            byte[] length = contentBytes < 126
                ? [(byte)(0x80 | contentBytes)]
                : [0xfe, (byte)(contentBytes >> 8), (byte)(contentBytes & 0xff)];
            frames.AddRange(
                [RawSocket.Continuation, .. length, 0, 0, 0, 0, .. new byte[contentBytes]]);
        }

        return [.. frames];
    }
}
