namespace Filecoin.Ipld;

/// <summary>Adjacent numbers of a bit field.</summary>
/// <param name="Start">The first number.</param>
/// <param name="End">The number after the last; greater than the first.</param>
public readonly record struct BitRun(ulong Start, ulong End)
{
    /// <summary>How many numbers there are.</summary>
    public ulong Length => End - Start;
}
