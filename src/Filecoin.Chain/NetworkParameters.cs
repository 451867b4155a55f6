namespace Filecoin.Chain;

/// <summary>What is fixed for a network.</summary>
/// <remarks>Spec: lotus build/buildconstants; eth-compat 2.</remarks>
public sealed record NetworkParameters
{
    /// <summary>A developer network on one machine.</summary>
    public static NetworkParameters Devnet { get; } = new() { ContractsMaySend = true };

    /// <summary>The name that the state holds.</summary>
    public string Name { get; init; } = "devnet";

    /// <summary>The chain id that Ethereum's tools know it by.</summary>
    public ulong ChainId { get; init; } = 31_415_926;

    /// <summary>The protocol's version from genesis on.</summary>
    public NetworkVersion Version { get; init; } = NetworkVersion.V28;

    /// <summary>Seconds from an epoch to the next.</summary>
    public ulong EpochSeconds { get; init; } = 30;

    /// <summary>Sum of the gas limits of a block's messages.</summary>
    public long BlockGasMax { get; init; } = 10_000_000_000;

    /// <summary>Messages of a block.</summary>
    public int BlockMessagesMax { get; init; } = 10_000;

    /// <summary>Entries of either of a block's lists of messages.</summary>
    public int BlockListMax { get; init; } = 8_192;

    /// <summary>Bytes of a signed message.</summary>
    public int MessageBytesMax { get; init; } = 64 << 10;

    /// <summary>The least base fee, in attoFIL.</summary>
    public TokenAmount BaseFeeMin { get; init; } = TokenAmount.FromAtto(100);

    /// <summary>The base fee of genesis, in attoFIL.</summary>
    public TokenAmount BaseFeeAtGenesis { get; init; } = TokenAmount.FromAtto(100_000_000);

    /// <summary>More FIL than can ever exist.</summary>
    public TokenAmount TotalSupply { get; init; } = TokenAmount.FromFil(2_000_000_000);

    /// <summary>
    /// Bits of the network's power that weights are reckoned with, less one. A network whose
    /// power nobody contests has it fixed.
    /// </summary>
    public long PowerBits { get; init; } = 10;

    /// <summary>
    /// Whether blocks may hold messages of contracts, which nobody can sign: the pool takes those
    /// of a sender that is impersonated.
    /// </summary>
    public bool ContractsMaySend { get; init; }

    /// <summary>What reckons how much FIL circulates.</summary>
    public SupplyRule Supply { get; init; } = SupplyRules.AllButReserves;
}
