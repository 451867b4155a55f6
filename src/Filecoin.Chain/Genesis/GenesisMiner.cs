namespace Filecoin.Chain;

/// <summary>
/// A storage miner that a chain begins with; its sectors hold zeros and are proven.
/// </summary>
/// <param name="Owner">
/// Who owns it and works for it: one of the chain's accounts, with a BLS key.
/// </param>
/// <param name="Sectors">How many sectors it has.</param>
/// <param name="Balance">
/// What it owns, which its owner pays: for the deposit of its making, and for those of the
/// sectors that it promises at once.
/// </param>
public sealed record GenesisMiner(Address Owner, int Sectors, TokenAmount Balance)
{
    /// <summary>What a miner of some sectors is given unless there is a reason for more.</summary>
    public static TokenAmount UsualBalance { get; } = TokenAmount.FromFil(20_000);

    /// <summary>How its sectors are sealed: 32 GiB.</summary>
    public long SealProof { get; init; } = 8;
}
