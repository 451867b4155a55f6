namespace Filecoin.Chain;

/// <summary>What blocks of another node are held against.</summary>
public sealed record ImportRules
{
    /// <summary>A network that nobody has put out of its way.</summary>
    public static ImportRules Strict { get; } = new();

    /// <summary>Blocks of a tipset.</summary>
    public int BlocksMax { get; init; } = 15;

    /// <summary>Epochs without tipset before one: each costs a run of cron.</summary>
    public long NullRoundsMax { get; init; } = 10_000;

    /// <summary>No block may be later, in seconds since 1970; null for no limit.</summary>
    public ulong? TimestampMax { get; init; }

    /// <summary>Whether a block may have a base fee other than the one that is due.</summary>
    public bool AllowsSetBaseFee { get; init; }

    /// <summary>Whether messages may lack their sender's signature.</summary>
    public bool AllowsImpersonation { get; init; }
}

/// <summary>What a tipset led to at another node.</summary>
/// <param name="StateRoot">State after its messages.</param>
/// <param name="ReceiptsRoot">AMT of their receipts.</param>
/// <param name="LoadReceipts">
/// Gives the receipts, in order; asked for only where one of the roots is another.
/// </param>
public sealed record RemoteOutcome(
    Cid StateRoot, Cid ReceiptsRoot, Func<IReadOnlyList<Receipt>> LoadReceipts);

/// <summary>What has become of a tipset of another node.</summary>
/// <param name="Tipset">The tipset.</param>
/// <param name="IsHead">Whether it is the head now.</param>
/// <param name="Outcome">What it led to; null if it was known before.</param>
public sealed record ImportResult(Tipset Tipset, bool IsHead, TipsetOutcome? Outcome);
