using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Filecoin.Node;

/// <summary>A connection with a thread of its own, which reads, answers and sends.</summary>
/// <remarks>
/// The thread waits for bytes within the kernel, and machines run on it: a request wakes one
/// thread, and to wake one takes as long as a short call. What goes on elsewhere, after a wait,
/// sends from such a thread too, for sending waits for whoever reads.
/// </remarks>
internal sealed class ThreadedConnection : DefaultConnectionContext
{
    /// <summary>Bytes of requests that are read before somebody takes them.</summary>
    private const int ReadMax = 32 << 10;

    private const int RoomMin = 2 << 10;

    /// <summary>Bytes that whoever reads has a time for.</summary>
    private const int SentMax = 64 << 10;

    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    private readonly Socket socket;
    private readonly Pipe requests = PipeOf(ReadMax);
    private readonly Pipe answers = PipeOf(SentMax);
    private readonly CancellationTokenSource closed = new();
    private readonly TaskCompletionSource isRead = new();
    private readonly Task sending;

    /// <summary>A connection that was accepted.</summary>
    /// <exception cref="SocketException">The other side has gone.</exception>
    public ThreadedConnection(Socket socket)
    {
        this.socket = socket;
        socket.NoDelay = true;
        socket.SendTimeout = (int)SendTime.TotalMilliseconds;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = closed.Token;
        Transport = new Sides(requests.Reader, answers.Writer);
        sending = SendAll();
        ExecutorThread.Keep(Receive);
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => HangUp();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        await isRead.Task.ConfigureAwait(false);
        socket.Dispose();
        closed.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private static Pipe PipeOf(int bytesMax) => new(new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: bytesMax,
        resumeWriterThreshold: bytesMax / 2,
        useSynchronizationContext: false));

    /// <summary>Ends what is waited for in the kernel, and all that comes after.</summary>
    private void HangUp()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended.
        }
    }

    /// <summary>Reads and has answered what comes, until nothing more does.</summary>
    private void Receive()
    {
        while (TryReceive())
        {
            if (ExecutorThread.IsWorn)
            {
                ExecutorThread.Keep(Receive);
                return;
            }
        }

        requests.Writer.Complete();
        _ = ThreadPool.UnsafeQueueUserWorkItem(static one => one.End(), this, preferLocal: false);
    }

    private bool TryReceive()
    {
        int count = socket.Receive(
            requests.Writer.GetSpan(RoomMin), SocketFlags.None, out SocketError error);
        if (error != SocketError.Success || count == 0)
        {
            return false;
        }

        requests.Writer.Advance(count);
        try
        {
            ValueTask<FlushResult> taken = requests.Writer.FlushAsync();
            FlushResult result = taken.IsCompleted
                ? taken.Result
                : taken.AsTask().GetAwaiter().GetResult();
            return !result.IsCompleted;
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            return false;
        }
    }

    /// <summary>Whether whoever reads or writes a pipe has ended it for a reason.</summary>
    private static bool IsEnd(Exception failure) =>
        failure is IOException or OperationCanceledException or InvalidOperationException;

    private void End()
    {
        closed.Cancel();
        isRead.SetResult();
    }

    private async Task SendAll()
    {
        try
        {
            bool isOpen = true;
            while (isOpen)
            {
                ReadResult read = await answers.Reader.ReadAsync().ConfigureAwait(false);
                bool isSent = ExecutorThread.IsHere
                    ? TrySend(read.Buffer)
                    : await ExecutorThread.Start(() => TrySend(read.Buffer)).ConfigureAwait(false);
                answers.Reader.AdvanceTo(read.Buffer.End);
                isOpen = isSent && !read.IsCompleted;
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // Nothing more is to be sent.
        }

        await answers.Reader.CompleteAsync().ConfigureAwait(false);
        HangUp();
    }

    /// <summary>Sends; false if the other side has gone or reads too slowly.</summary>
    /// <remarks>The system's own limit begins anew with each byte that is taken.</remarks>
    private bool TrySend(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> part in bytes)
        {
            for (int sent = 0; sent < part.Length;)
            {
                long begun = Stopwatch.GetTimestamp();
                sent += socket.Send(
                    part.Span.Slice(sent, int.Min(SentMax, part.Length - sent)),
                    SocketFlags.None,
                    out SocketError error);
                if (error != SocketError.Success || Stopwatch.GetElapsedTime(begun) > SendTime)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private sealed record Sides(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
