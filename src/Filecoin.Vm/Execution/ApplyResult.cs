namespace Filecoin.Vm;

/// <summary>How a message comes to be applied.</summary>
public enum ApplyKind
{
    /// <summary>
    /// A message of the chain: it pays for its place, its gas and its nonce counts.
    /// </summary>
    Explicit,

    /// <summary>A message of the protocol itself: no checks of the sender, no fees.</summary>
    Implicit,
}

/// <summary>Who pays what for a message, in attoFIL.</summary>
/// <remarks>Spec: gas-schedule 15; ref-fvm fvm/src/gas/outputs.rs.</remarks>
public sealed record GasOutputs
{
    /// <summary>Nothing at all.</summary>
    public static GasOutputs None { get; } = new();

    /// <summary>Burnt for the gas used.</summary>
    public TokenAmount BaseFeeBurn { get; init; }

    /// <summary>Burnt for gas that was reserved in vain.</summary>
    public TokenAmount OverEstimationBurn { get; init; }

    /// <summary>What the miner loses; the machine only reports it.</summary>
    public TokenAmount MinerPenalty { get; init; }

    /// <summary>What the miner gets.</summary>
    public TokenAmount MinerTip { get; init; }

    /// <summary>What the sender gets back.</summary>
    public TokenAmount Refund { get; init; }

    /// <summary>Gas that the sender gets back.</summary>
    public long GasRefund { get; init; }

    /// <summary>Gas that was reserved in vain and is burnt.</summary>
    public long GasBurned { get; init; }
}

/// <summary>The outcome of a message.</summary>
public sealed record ApplyResult
{
    /// <summary>What the chain keeps.</summary>
    public required Receipt Receipt { get; init; }

    /// <summary>How what was returned is encoded; null for nothing.</summary>
    public ulong? ReturnCodec { get; init; }

    /// <summary>Who pays what.</summary>
    public GasOutputs Gas { get; init; } = GasOutputs.None;

    /// <summary>Events in order.</summary>
    public IReadOnlyList<StampedEvent> Events { get; init; } = [];

    /// <summary>Blocks of the tree of the events, whose root the receipt has.</summary>
    public IReadOnlyList<(Cid Cid, ReadOnlyMemory<byte> Block)> EventBlocks { get; init; } = [];

    /// <summary>Why it failed, for people; null if it did not, or nobody knows.</summary>
    public string? Failure { get; init; }

    /// <summary>What it did; null unless the machine traces.</summary>
    public ExecutionTrace? Trace { get; init; }
}
