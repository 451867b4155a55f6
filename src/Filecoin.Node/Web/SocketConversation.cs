using System.Net.WebSockets;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>A conversation by WebSocket: requests and answers one by one, and notices.</summary>
/// <remarks>
/// Whoever does not read what is sent to it loses the connection. Notices are made in turns, as
/// requests are answered: many who hear of each block hold up nobody else.
/// </remarks>
internal sealed class SocketConversation(
    RpcAnswering answering,
    RpcServer methods,
    WebSocket socket,
    Permission granted,
    Action hangUp) : IDisposable
{
    /// <summary>From how many bytes on no more notices are made before they are sent.</summary>
    private const int NoticesBytes = 16 << 10;

    /// <summary>What a frame is at least, so that frames without content are not free.</summary>
    private const int FrameBytes = 6;

    private readonly RpcConnection connection = new(answering.Node);
    private readonly RpcCaller caller = new();

    /// <summary>The same side as a hearer; as a caller it has one request at a time.</summary>
    private readonly RpcCaller hearer = new();
    private readonly SemaphoreSlim writing = new(1);

    /// <summary>Goes on until the other side ends it, or the node does.</summary>
    /// <param name="aborted">The other side has gone.</param>
    /// <param name="ending">The node ends.</param>
    public async Task Run(CancellationToken aborted, CancellationToken ending)
    {
        using CancellationTokenSource end =
            CancellationTokenSource.CreateLinkedTokenSource(aborted, ending);
        Task telling = Guard(Tell(end.Token));
        await Guard(Listen(end.Token)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await telling.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        writing.Dispose();
    }

    private static async Task Guard(Task half)
    {
        try
        {
            await half.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is WebSocketException
            or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side has gone, or the network ends.
        }
    }

    private async Task Listen(CancellationToken end)
    {
        while (socket.State == WebSocketState.Open)
        {
            using RequestBytes request = answering.OpenRequest();
            if (!await TryRead(request, end).ConfigureAwait(false))
            {
                await Close(request, end).ConfigureAwait(false);
                return;
            }

            await Answer(request, end).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a request, which may take as long to begin as it likes.</summary>
    /// <returns>False if there is none: the other side has ended, or does not end.</returns>
    private async Task<bool> TryRead(RequestBytes request, CancellationToken end)
    {
        using CancellationTokenSource limit =
            CancellationTokenSource.CreateLinkedTokenSource(end);
        ValueWebSocketReceiveResult read = await socket.ReceiveAsync(request.Room(), end)
            .ConfigureAwait(false);
        limit.CancelAfter(answering.TimeOf(answering.Node.Limits.BodyBytesMax));
        while (read.MessageType != WebSocketMessageType.Close && !request.IsEndless)
        {
            await request.Add(read.Count, FrameBytes, limit.Token).ConfigureAwait(false);
            if (read.EndOfMessage)
            {
                return true;
            }

            read = await socket.ReceiveAsync(request.Room(), limit.Token).ConfigureAwait(false);
        }

        return false;
    }

    private Task Close(RequestBytes request, CancellationToken end) => request.IsEndless
        ? socket.CloseOutputAsync(
            WebSocketCloseStatus.MessageTooBig,
            RequestBytes.TooLong(answering.Node.Limits).Message,
            end)
        : socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, end);

    private async Task Answer(RequestBytes request, CancellationToken end)
    {
        using AnswerBuffer answer = await answering.Answer(
            methods, caller, request, new(answering.Node, connection, granted))
            .ConfigureAwait(false);
        if (answer.Length > 0)
        {
            await Send(answer, end).ConfigureAwait(false);
            connection.AnswerSent();
        }
    }

    private async Task Tell(CancellationToken end)
    {
        await foreach (Func<IEnumerable<byte[]>> notices in
            connection.Notices.ReadAllAsync(end).ConfigureAwait(false))
        {
            using IEnumerator<byte[]> texts = notices().GetEnumerator();
            List<byte[]> some;
            do
            {
                some = await answering.Node.Turns.Run(hearer, () => Next(texts))
                    .ConfigureAwait(false);
                foreach (byte[] text in some)
                {
                    await Send([text], text.Length, end).ConfigureAwait(false);
                }
            }
            while (some.Count > 0);
        }

        socket.Abort();
    }

    /// <summary>The next of all notices, not many at once; none at the end.</summary>
    private static List<byte[]> Next(IEnumerator<byte[]> texts)
    {
        List<byte[]> some = [];
        for (int bytes = 0; bytes < NoticesBytes && texts.MoveNext(); bytes += some[^1].Length)
        {
            some.Add(texts.Current);
        }

        return some;
    }

    private Task Send(AnswerBuffer answer, CancellationToken end) =>
        Send(answer.Parts, answer.Length, end);

    /// <remarks>Whoever has not taken it in time, or at the node's end, is hung up on.</remarks>
    private async Task Send(
        IEnumerable<ReadOnlyMemory<byte>> parts, long length, CancellationToken end)
    {
        using CancellationTokenSource limit =
            CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(answering.TimeOf(length));
        using CancellationTokenRegistration late = limit.Token.Register(hangUp);
        await writing.WaitAsync(limit.Token).ConfigureAwait(false);
        try
        {
            long rest = length;
            foreach (ReadOnlyMemory<byte> part in parts)
            {
                rest -= part.Length;
                await socket.SendAsync(part, WebSocketMessageType.Text, rest == 0, limit.Token)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _ = writing.Release();
        }
    }
}
