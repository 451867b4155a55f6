namespace Filecoin.Actors.Miner;

/// <summary>Rounds epochs to those at which a queue is looked at.</summary>
/// <param name="Unit">Epochs between them.</param>
/// <param name="Offset">One of them.</param>
/// <remarks>Spec: actors/miner-state, quantisation; builtin-actors actors/miner/quantize.</remarks>
public readonly record struct Quantization(long Unit, long Offset)
{
    /// <summary>Every epoch is one of them.</summary>
    public static Quantization None => new(1, 0);

    /// <summary>The next one; before the offset, the one before.</summary>
    public long Up(long epoch)
    {
        long offset = Offset % Unit;
        long quotient = (epoch - offset) / Unit;
        long remainder = (epoch - offset) % Unit;

        // Quirk: division truncates, so that nothing is rounded up below the offset.
        return remainder == 0 || epoch - offset < 0
            ? (Unit * quotient) + offset
            : (Unit * (quotient + 1)) + offset;
    }

    /// <summary>The last one up to an epoch.</summary>
    public long Down(long epoch)
    {
        long next = Up(epoch);
        return epoch == next ? next : next - Unit;
    }
}
