namespace Filecoin.Vm;

/// <summary>What an aggregate of seals costs: so much a seal, and a step by their number.</summary>
/// <param name="PerSeal">For each seal.</param>
/// <param name="Steps">Number of seals from which a price holds, ascending.</param>
public sealed record AggregatePrice(Gas PerSeal, IReadOnlyList<(int From, Gas Price)> Steps)
{
    /// <summary>The price of a number of seals.</summary>
    public Gas Of(int seals)
    {
        Gas step = Gas.Zero;
        foreach ((int from, Gas price) in Steps)
        {
            if (seals >= from)
            {
                step = price;
            }
        }

        return (PerSeal * seals) + step;
    }
}

/// <summary>Aggregates by kind of seal.</summary>
/// <param name="Interactive32">32 GiB; also every kind without a price of its own.</param>
/// <param name="Interactive64">64 GiB.</param>
/// <param name="NonInteractive32">32 GiB without interaction; null before it had a price.</param>
/// <param name="NonInteractive64">64 GiB without interaction; null before it had a price.</param>
public sealed record AggregatePrices(
    AggregatePrice Interactive32,
    AggregatePrice Interactive64,
    AggregatePrice? NonInteractive32,
    AggregatePrice? NonInteractive64)
{
    private const long Seal64GiB = 9;
    private const long SealNonInteractive32GiB = 18;
    private const long SealNonInteractive64GiB = 19;

    /// <summary>The price for a registered seal proof, by its number.</summary>
    public AggregatePrice For(long sealProof) => sealProof switch
    {
        Seal64GiB => Interactive64,
        SealNonInteractive32GiB => NonInteractive32 ?? Interactive32,
        SealNonInteractive64GiB => NonInteractive64 ?? Interactive32,
        _ => Interactive32,
    };
}
