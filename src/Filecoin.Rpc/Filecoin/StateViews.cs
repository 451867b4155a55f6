namespace Filecoin.Rpc;

/// <summary>An actor's record.</summary>
public sealed record ActorRecordView(
    CidLink Code, CidLink Head, ulong Nonce, AmountView Balance, AddressView? DelegatedAddress)
{
    /// <summary>The view of an actor.</summary>
    public static ActorRecordView Of(in ActorState actor) => new(
        new(actor.Code),
        new(actor.State),
        actor.Nonce,
        new(actor.Balance),
        actor.DelegatedAddress is Address delegated ? new AddressView(delegated) : null);
}

/// <summary>An actor's state, by members.</summary>
/// <param name="Balance">What it owns.</param>
/// <param name="Code">Its code.</param>
/// <param name="State">Its state; null if it has none.</param>
public sealed record ActorStateView(AmountView Balance, CidLink Code, ActorValue State);

/// <summary>What is fixed for a network.</summary>
/// <param name="NetworkName">Its name.</param>
/// <param name="BlockDelaySecs">Seconds from an epoch to the next.</param>
/// <param name="ConsensusMinerMinPower">Bytes that a miner of blocks stores at least.</param>
/// <param name="PreCommitChallengeDelay">Epochs from a promise of a sector to its proof.</param>
/// <param name="ForkUpgradeParams">Epochs of upgrades.</param>
/// <param name="ChainId">The id that Ethereum's tools know it by.</param>
/// <param name="GenesisTimestamp">The time of its first block, in seconds since 1970.</param>
public sealed record NetworkParamsView(
    string NetworkName,
    ulong BlockDelaySecs,
    string ConsensusMinerMinPower,
    long PreCommitChallengeDelay,
    IReadOnlyDictionary<string, long> ForkUpgradeParams,
    [property: JsonPropertyName("Eip155ChainID")] ulong ChainId,
    ulong GenesisTimestamp);

/// <summary>The FIL that circulates, and what it is made of.</summary>
public sealed record SupplyView(
    AmountView FilVested,
    AmountView FilMined,
    AmountView FilBurnt,
    AmountView FilLocked,
    AmountView FilCirculating,
    AmountView FilReserveDisbursed);
