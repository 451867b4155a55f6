namespace Filecoin.Vm;

/// <summary>What the chain gives to a machine for one epoch.</summary>
/// <remarks>Spec: message-execution 2.2. The machine computes none of it.</remarks>
public sealed record MachineContext
{
    /// <summary>The epoch that messages run in.</summary>
    public required ChainEpoch Epoch { get; init; }

    /// <summary>Root of the state before the first message.</summary>
    public required Cid StateRoot { get; init; }

    /// <summary>What a unit of gas costs at least, in attoFIL.</summary>
    public required TokenAmount BaseFee { get; init; }

    /// <summary>FIL in circulation, in attoFIL.</summary>
    public required TokenAmount CirculatingSupply { get; init; }

    /// <summary>
    /// Reckons the FIL in circulation from the state before the first message, in place of the
    /// figure; null where the figure is known.
    /// </summary>
    public Func<StateTree, ChainEpoch, TokenAmount>? SupplyRule { get; init; }

    /// <summary>The epoch's time, in seconds since 1970.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>Whether results carry a trace of charges and calls.</summary>
    public bool IsTracing { get; init; }

    /// <summary>
    /// Charges that the one message follows, see there; null for none. Needs a trace.
    /// </summary>
    public ChargeScript? Script { get; init; }
}
