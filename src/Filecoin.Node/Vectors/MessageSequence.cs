namespace Filecoin.Node;

/// <summary>Which rule answers in place of proofs and chain.</summary>
public enum ChainRule
{
    /// <summary>Recorded randomness; proofs are valid; signatures are checked.</summary>
    Recorded,

    /// <summary>Always the same randomness; a signature is valid if it equals the text.</summary>
    Constant,

    /// <summary>Randomness by epoch; a signature is valid if it equals the text.</summary>
    ByEpoch,

    /// <summary>Randomness by epoch; signatures are checked.</summary>
    ByEpochSigned,
}

/// <summary>Messages on a state, with what they should give if that is known.</summary>
public sealed record MessageSequence
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The network version.</summary>
    public required NetworkVersion NetworkVersion { get; init; }

    /// <summary>
    /// The version of the built-in actors' bundle; null: the one that the state names.
    /// </summary>
    public required int? ActorsVersion { get; init; }

    /// <summary>What answers about the chain.</summary>
    public required ChainRule Rule { get; init; }

    /// <summary>The chain's number.</summary>
    public ulong ChainId { get; init; }

    /// <summary>Root of the state before the first message.</summary>
    public required Cid StateRoot { get; init; }

    /// <summary>Blocks of the state.</summary>
    public required IBlockstore Blocks { get; init; }

    /// <summary>The messages in order.</summary>
    public required IReadOnlyList<SequenceStep> Steps { get; init; }

    /// <summary>Recorded randomness: from the beacon or not, by epoch.</summary>
    public IReadOnlyDictionary<(bool FromBeacon, long Epoch), byte[]> Randomness { get; init; } =
        new Dictionary<(bool, long), byte[]>();

    /// <summary>Whether seals in a batch are free, as where mainnet's vectors were made.</summary>
    public bool BatchSealsAreFree { get; init; }
}

/// <summary>One message of a sequence.</summary>
public sealed record SequenceStep
{
    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>Of the chain or of the protocol.</summary>
    public ApplyKind Kind { get; init; } = ApplyKind.Explicit;

    /// <summary>Whether the next message goes on from the state that this one leaves.</summary>
    public bool Advances { get; init; } = true;

    /// <summary>The state it starts from, if that is not the one before it.</summary>
    public Cid? StateRoot { get; init; }

    /// <summary>The epoch.</summary>
    public required ChainEpoch Epoch { get; init; }

    /// <summary>The epoch's time in seconds since 1970.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>The base fee in attoFIL.</summary>
    public required TokenAmount BaseFee { get; init; }

    /// <summary>FIL in circulation, in attoFIL.</summary>
    public required TokenAmount CirculatingSupply { get; init; }

    /// <summary>The message's length on the chain; null to reckon it.</summary>
    public int? SizeBytes { get; init; }

    /// <summary>What it is meant to show; null if it does not say.</summary>
    public string? Note { get; init; }

    /// <summary>What it should give; null if that is not known.</summary>
    public ExpectedOutcome? Expected { get; init; }

    /// <summary>Its epoch, on a state.</summary>
    public MachineContext ContextOn(Cid state) => new()
    {
        Epoch = Epoch,
        Timestamp = Timestamp,
        BaseFee = BaseFee,
        CirculatingSupply = CirculatingSupply,
        StateRoot = state,
    };
}

/// <summary>What a message should give; a null member is not compared.</summary>
public sealed record ExpectedOutcome
{
    /// <summary>How it ends.</summary>
    public uint? ExitCode { get; init; }

    /// <summary>What it returns.</summary>
    public byte[]? Return { get; init; }

    /// <summary>How that is encoded; 0 for nothing.</summary>
    public ulong? ReturnCodec { get; init; }

    /// <summary>Gas used.</summary>
    public long? GasUsed { get; init; }

    /// <summary>Root of its events as text; empty for none.</summary>
    public string? EventsRoot { get; init; }

    /// <summary>Its events in order.</summary>
    public IReadOnlyList<StampedEvent>? Events { get; init; }

    /// <summary>Amounts and gas of the settlement by name.</summary>
    public IReadOnlyDictionary<string, string>? Settlement { get; init; }

    /// <summary>The state's root afterwards.</summary>
    public Cid? StateRoot { get; init; }

    /// <summary>Charges by name: how often, and milligas in all.</summary>
    public IReadOnlyDictionary<string, (long Count, long Milligas)>? Charges { get; init; }
}
