namespace Filecoin.Chain;

/// <summary>When blocks are made.</summary>
public enum ProductionMode
{
    /// <summary>As soon as a message can run.</summary>
    Instant,

    /// <summary>Every so long, with messages or without.</summary>
    Interval,

    /// <summary>When somebody asks for one.</summary>
    Manual,
}

/// <summary>Makes the blocks of a network with one miner.</summary>
/// <remarks>
/// It has no clock but the one it is given, and no thread: whoever owns the clock calls
/// <see cref="Tick"/>. The same messages at the same times make the same blocks.
/// </remarks>
/// <param name="chain">The chain.</param>
/// <param name="clock">Seconds since 1970.</param>
public sealed partial class BlockProducer(Blockchain chain, Func<ulong> clock)
{
    /// <summary>The latest time that a block may have: the year 9999.</summary>
    public const ulong TimeMax = 253_402_300_799;

    private readonly Dictionary<ulong, long> aheadAt = [];
    private long ahead;
    private ulong? nextTimestamp;
    private TokenAmount? nextBaseFee;
    private ReadOnlyMemory<byte>? nextBeacon;

    /// <summary>When blocks are made.</summary>
    public ProductionMode Mode { get; set; }

    /// <summary>From block to block, where they are made by interval.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Seconds from a block's time to the next one's; null for the clock's time.</summary>
    public ulong? TimestampStep { get; set; }

    /// <summary>Who gets the blocks' rewards.</summary>
    public Address Miner { get; set; } = Address.FromId(WellKnownActors.BurntFunds);

    /// <summary>The time of the clock, with what it was put ahead; seconds since 1970.</summary>
    public ulong Now => (ulong)((long)clock() + ahead);

    /// <summary>Sum of the gas limits of a block's messages; null for the network's.</summary>
    public long? GasLimit { get; set; }

    /// <summary>Storage miners that are proven in its blocks.</summary>
    public ProvingMiners Proving { get; init; } =
        new(chain, static _ => null, static _ => { });

    /// <summary>Puts the clock ahead, from the head's time on if that is later.</summary>
    /// <returns>False if no block can have that time: the clock stays.</returns>
    public bool IncreaseTime(ulong seconds) => chain.Exclusively(
        () => seconds <= TimeMax && SetTime(ulong.Max(Now, chain.Head.Timestamp) + seconds));

    /// <summary>Puts the clock to a time, not before the head's.</summary>
    /// <returns>False if the head's time is later: the clock stays.</returns>
    public bool SetTime(ulong timestamp) => chain.Exclusively(() =>
    {
        bool isLater = timestamp >= chain.Head.Timestamp && timestamp <= TimeMax;
        ahead = isLater ? (long)timestamp - (long)clock() : ahead;
        return isLater;
    });

    /// <summary>Gives the next block a time; what follows goes on from there.</summary>
    /// <returns>False if the head's time is later.</returns>
    public bool SetNextTimestamp(ulong timestamp) => chain.Exclusively(() =>
    {
        bool isLater = timestamp > chain.Head.Timestamp && timestamp <= TimeMax;
        nextTimestamp = isLater ? timestamp : nextTimestamp;
        return isLater;
    });

    /// <summary>Gives the next block a base fee, in attoFIL.</summary>
    public void SetNextBaseFee(TokenAmount baseFee) =>
        _ = chain.Exclusively(() => nextBaseFee = baseFee);

    /// <summary>Gives the next block what the beacon says.</summary>
    public void SetNextBeacon(ReadOnlyMemory<byte> beacon) =>
        _ = chain.Exclusively(() => nextBeacon = beacon);

    /// <summary>Takes a message into the pool, and in instant mode makes its block.</summary>
    public PoolVerdict Submit(SignedMessage signed) => HasRoom(
        signed.Message.GasLimit, out PoolVerdict refusal)
            ? MakeBlockOf(chain.Pool.Add(signed))
            : refusal;

    /// <inheritdoc cref="Submit(SignedMessage)"/>
    public PoolVerdict Submit(EthereumTransaction transaction) => HasRoom(
        transaction.GasLimit, out PoolVerdict refusal)
            ? MakeBlockOf(chain.Pool.Add(transaction))
            : refusal;

    /// <summary>Whether a block can hold a message with a gas limit.</summary>
    private bool HasRoom(ulong gasLimit, out PoolVerdict refusal)
    {
        refusal = GasLimit is long most && gasLimit > (ulong)most
            ? new(
                PoolRefusal.GasLimit,
                $"gas limit {gasLimit} is above {most}, the block gas limit that was set")
            : PoolVerdict.Accepted;
        return refusal.IsAccepted;
    }

    private PoolVerdict MakeBlockOf(PoolVerdict verdict)
    {
        if (verdict.IsAccepted && Mode == ProductionMode.Instant)
        {
            _ = MineWaiting();
        }

        return verdict;
    }

    /// <summary>Makes blocks until no message is left that can run.</summary>
    /// <returns>How many.</returns>
    public int MineWaiting() => chain.Exclusively(() =>
    {
        int count = 0;
        while (chain.Pool.Count > 0 && Choose() is { Count: > 0 } messages)
        {
            _ = Make(1, messages);
            count++;
        }

        return count;
    });

    /// <summary>Makes a block of the messages that can run, if any.</summary>
    /// <remarks>
    /// Where blocks that prove something come before it, the messages that wait are in the first
    /// of them that has room, and what was set for the next block holds for the first: no message
    /// waits longer than it has to.
    /// </remarks>
    /// <param name="nullRounds">
    /// Epochs before it that stay without tipset, but for those at which something is to be
    /// proven.
    /// </param>
    /// <returns>What it led to.</returns>
    public TipsetOutcome Mine(long nullRounds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nullRounds);
        return chain.Exclusively(() =>
        {
            long target = chain.Head.Epoch.Value + 1 + nullRounds;
            while (Proving.NextStop(target) is long stop)
            {
                _ = Make(stop - chain.Head.Epoch.Value, Choose());
            }

            return Make(target - chain.Head.Epoch.Value, Choose());
        });
    }

    /// <summary>Makes blocks, the first ones of the messages that can run.</summary>
    /// <param name="count">How many.</param>
    /// <param name="step">Seconds from one to the next; null for the usual.</param>
    public void MineMany(int count, ulong? step = null) => _ = chain.Exclusively(() =>
    {
        for (int i = 0; i < count; i++)
        {
            nextTimestamp ??= step is ulong seconds && i > 0
                ? chain.Head.Timestamp + seconds
                : null;
            _ = Make(1, chain.Pool.Count > 0 ? Choose() : []);
        }

        return count;
    });

    /// <summary>Makes a block if one is due by interval.</summary>
    /// <remarks>
    /// The chain's clock tells whole seconds. By another interval blocks come when they are due,
    /// each at least a second later than the one before by its own time.
    /// </remarks>
    /// <param name="elapsed">
    /// How long ago one was due; looked at where the interval is no whole seconds.
    /// </param>
    /// <returns>Whether one was.</returns>
    public bool Tick(TimeSpan elapsed = default) => chain.Exclusively(() =>
    {
        (long seconds, long rest) = long.DivRem(Interval.Ticks, TimeSpan.TicksPerSecond);
        bool isDue = Mode == ProductionMode.Interval
            && (rest == 0
                ? Now >= chain.Head.Timestamp + (ulong)seconds
                : elapsed >= Interval);
        if (isDue)
        {
            _ = Mine();
        }

        return isDue;
    });

    private List<ChainMessage> Choose() =>
        chain.Pool.Select(nextBaseFee ?? chain.NextBaseFee, GasLimit)
            .ConvertAll(static entry => entry.Message);

    private TipsetOutcome Make(long epochs, List<ChainMessage> messages)
    {
        ProvingMiners? proving = Proving;
        while (true)
        {
            try
            {
                BlockDraft draft = Draft(epochs, messages);
                TipsetOutcome outcome = chain.Extend(proving?.AddTo(draft) ?? draft);
                proving?.Look(outcome);
                if (epochs > 1 || nextTimestamp is not null)
                {
                    Follow(chain.Head.Timestamp);
                }

                (nextTimestamp, nextBaseFee, nextBeacon) = (null, null, null);
                return outcome;
            }
            catch (TipsetRefusedException refusal) when (refusal.Culprit is not null)
            {
                // It waits in vain, for no block can hold it. Proofs do not wait: the next block
                // has them.
                proving = chain.Pool.Drop(refusal.Culprit.Cid) ? proving : null;
                messages = Choose();
            }
        }
    }

    private BlockDraft Draft(long epochs, List<ChainMessage> messages) => new()
    {
        Epoch = new(chain.Head.Epoch.Value + epochs),
        Timestamp = NextTime(epochs),
        Miner = Miner,
        Messages = messages,
        BaseFee = nextBaseFee,
        Beacon = nextBeacon,
    };

    /// <summary>
    /// Later than the head's time, and after epochs without tipset as much as these take.
    /// </summary>
    private ulong NextTime(long epochs)
    {
        ulong last = chain.Head.Timestamp;
        ulong skipped = (ulong)(epochs - 1) * chain.Network.EpochSeconds;
        return nextTimestamp
            ?? (TimestampStep is ulong step
                ? last + step + skipped
                : ulong.Max(last + 1 + skipped, Now));
    }

    /// <summary>Puts the clock ahead where a block was given a time that is ahead of it.</summary>
    private void Follow(ulong timestamp) =>
        ahead += timestamp > Now && TimestampStep is null ? (long)(timestamp - Now) : 0;
}
