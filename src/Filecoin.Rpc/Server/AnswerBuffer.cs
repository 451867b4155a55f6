using System.Buffers;

namespace Filecoin.Rpc;

/// <summary>An answer that is being written, and sent, part by part.</summary>
/// <remarks>
/// It is of parts that are used again, since an answer may have many megabytes, and counts them
/// against what all answers may take. Beyond its own limit writing ends with an
/// <see cref="RpcException"/>, and beyond that of all, which others have reached, with an
/// <see cref="OperationCanceledException"/>.
/// </remarks>
public sealed class AnswerBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 1 << 10;
    private const int PartBytes = 64 << 10;

    /// <summary>What is lent and not made: threads keep what was lent to them.</summary>
    private const int LentMax = 1 << 20;

    private readonly List<Part> parts = [];
    private readonly int max;
    private readonly ByteBudget.Share? share;

    /// <summary>An answer.</summary>
    /// <param name="max">Bytes that it may have.</param>
    /// <param name="budget">Bytes that all answers may have; null for any number.</param>
    internal AnswerBuffer(int max, ByteBudget? budget = null) =>
        (this.max, share) = (max, budget?.Open());

    /// <summary>Whether the limits count for what is being written.</summary>
    /// <remarks>They do for results, else nobody could be told that one is too long.</remarks>
    internal bool IsLimited { get; set; }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>The parts in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Parts
    {
        get
        {
            foreach (Part part in parts)
            {
                if (part.Used > 0)
                {
                    yield return part.Bytes.AsMemory(0, part.Used);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        parts[^1].Used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (parts.Count == 0 || parts[^1].Free < int.Max(1, sizeHint))
        {
            // All parts of a small answer together are no more than what is free.
            Add(int.Max(sizeHint, (int)long.Clamp(Length, FirstBytes, PartBytes)));
        }

        return parts[^1].Bytes.AsMemory(parts[^1].Used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>All of it in one.</summary>
    public byte[] ToArray()
    {
        byte[] whole = new byte[Length];
        int place = 0;
        foreach (ReadOnlyMemory<byte> part in Parts)
        {
            part.CopyTo(whole.AsMemory(place));
            place += part.Length;
        }

        return whole;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Truncate(0);
        share?.Dispose();
    }

    /// <summary>Leaves only the first bytes.</summary>
    internal void Truncate(long length)
    {
        while (Length > length || (length == 0 && parts.Count > 0))
        {
            Part last = parts[^1];
            int more = (int)long.Min(last.Used, Length - length);
            last.Used -= more;
            Length -= more;
            if (last.Used == 0)
            {
                _ = share?.TryTake(-last.Bytes.Length);
                if (last.Bytes.Length <= LentMax)
                {
                    ArrayPool<byte>.Shared.Return(last.Bytes);
                }

                parts.RemoveAt(parts.Count - 1);
            }
        }
    }

    private void Add(int bytes)
    {
        if (IsLimited && Length >= max)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"the answer takes more than {max} bytes"));
        }

        byte[] rented = bytes <= LentMax
            ? ArrayPool<byte>.Shared.Rent(bytes)
            : GC.AllocateUninitializedArray<byte>(bytes);
        parts.Add(new(rented));
        if (share?.TryTake(rented.Length) == false && IsLimited)
        {
            throw new OperationCanceledException(
                "the node is sending too much at once: try again later");
        }
    }

    private sealed class Part(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public int Used { get; set; }

        public int Free => bytes.Length - Used;
    }
}
