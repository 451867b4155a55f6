using System.Buffers;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The bytes of a request that is being read.</summary>
/// <remarks>They count against what all requests may take.</remarks>
/// <param name="limits">How many there may be.</param>
/// <param name="budget">How many all requests may have.</param>
/// <param name="rate">How many a second all large requests may bring.</param>
internal sealed class RequestBytes(RpcLimits limits, ByteBudget budget, ByteRate rate) : IDisposable
{
    private const int FirstBytes = 4 << 10;

    /// <summary>What is lent and not made: threads keep what was lent to them.</summary>
    private const int LentMax = 1 << 20;

    private readonly ByteBudget.Share share = budget.Open();
    private byte[] bytes = [];
    private int length;
    private long come;
    private RpcError? refusal;

    /// <summary>Bytes that it says it has; 0 if it does not say.</summary>
    public long Announced { get; init; }

    /// <summary>What was read.</summary>
    /// <exception cref="RpcException">It was too much of this request, or of all.</exception>
    public ReadOnlyMemory<byte> Read => refusal is null
        ? bytes.AsMemory(0, length)
        : throw new RpcException(refusal);

    /// <summary>Whether so much too much has come that nobody need read on to be polite.</summary>
    public bool IsEndless => come > 2L * limits.BodyBytesMax;

    /// <summary>Room for what comes next; never none.</summary>
    public Memory<byte> Room()
    {
        if (length == bytes.Length && refusal is null)
        {
            Grow();
        }

        // What is refused is read all the same: else the other side would not read why.
        return refusal is null ? bytes.AsMemory(length) : bytes;
    }

    /// <summary>So many bytes were read into the room.</summary>
    /// <param name="count">How many.</param>
    /// <param name="frameBytes">Bytes around them that count too.</param>
    /// <param name="end">Ends the wait.</param>
    /// <returns>Done when more may be read: large requests leave time for small ones.</returns>
    /// <remarks>
    /// Whoever sends without a pause would else be read to the end of its request before the
    /// thread reads from anybody else.
    /// </remarks>
    public async ValueTask Add(int count, int frameBytes, CancellationToken end)
    {
        length += refusal is null ? count : 0;
        come += count + frameBytes;
        if (come <= FirstBytes)
        {
            return;
        }

        TimeSpan wait = rate.Take(count + frameBytes);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, end).ConfigureAwait(false);
        }
        else
        {
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        (bytes, length) = ([], 0);
        share.Dispose();
    }

    /// <summary>A request has more bytes than one may have.</summary>
    public static RpcError TooLong(RpcLimits limits) =>
        new(RpcError.InvalidRequestCode, $"more than {limits.BodyBytesMax} bytes");

    private void Grow()
    {
        if (length > limits.BodyBytesMax)
        {
            refusal = TooLong(limits);
            Return();
            bytes = new byte[FirstBytes];
            return;
        }

        int size = length < ByteBudget.FreeBytes
            ? int.Max(FirstBytes, length * 2)
            : (int)long.Clamp(Announced + 1, length * 2L, int.Max(limits.BodyBytesMax, length * 2));
        if (!share.TryTake(size - bytes.Length))
        {
            refusal = new(
                RpcError.LimitCode, "the node is reading too much at once: try again later");
            return;
        }

        byte[] larger = size <= LentMax
            ? ArrayPool<byte>.Shared.Rent(size)
            : GC.AllocateUninitializedArray<byte>(size);
        bytes.AsSpan(0, length).CopyTo(larger);
        Return();
        bytes = larger;
    }

    private void Return()
    {
        if (bytes.Length is > 0 and <= LentMax)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
