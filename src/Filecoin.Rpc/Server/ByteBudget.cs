namespace Filecoin.Rpc;

/// <summary>Bytes that all callers together may have the node keep for them.</summary>
/// <remarks>Small things are free, so that who keeps much keeps out only its like.</remarks>
/// <param name="max">How many.</param>
public sealed class ByteBudget(long max)
{
    /// <summary>Bytes of each thing that count for nothing.</summary>
    public const int FreeBytes = 64 << 10;

    private long used;

    /// <summary>A share of it, with nothing yet.</summary>
    public Share Open() => new(this);

    /// <summary>What one thing has of it; disposing it gives all back.</summary>
    public sealed class Share : IDisposable
    {
        private readonly ByteBudget budget;
        private long bytes;

        internal Share(ByteBudget budget) => this.budget = budget;

        /// <summary>Takes more, or gives back what is less than nothing.</summary>
        /// <returns>False if there is not so much: what has too much is to be given back.</returns>
        public bool TryTake(long more)
        {
            long before = Counted;
            bytes += more;
            long change = Counted - before;
            return Interlocked.Add(ref budget.used, change) <= budget.Max || change <= 0;
        }

        /// <inheritdoc/>
        public void Dispose() => _ = TryTake(-bytes);

        private long Counted => long.Max(0, bytes - FreeBytes);
    }

    private long Max => max;
}
