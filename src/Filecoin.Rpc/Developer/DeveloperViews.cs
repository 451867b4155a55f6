namespace Filecoin.Rpc;

/// <summary>What a development node says of itself, as anvil does.</summary>
public sealed record NodeInfoView(
    string CurrentBlockNumber,
    ulong CurrentBlockTimestamp,
    string CurrentBlockHash,
    string HardFork,
    string TransactionOrder,
    NodeEnvironmentView Environment,
    NodeForkView ForkConfig);

/// <summary>What its blocks are like.</summary>
public sealed record NodeEnvironmentView(
    string BaseFee, ulong ChainId, string GasLimit, string GasPrice);

/// <summary>What it was forked from: nothing.</summary>
public sealed record NodeForkView(string? ForkUrl, ulong? ForkBlockNumber, ulong? ForkRetryBackoff);

/// <summary>What a development node says of itself, as Hardhat does.</summary>
public sealed record MetadataView(
    string ClientVersion,
    ulong ChainId,
    string InstanceId,
    ulong LatestBlockNumber,
    string LatestBlockHash,
    IReadOnlyList<string> Snapshots);

/// <summary>How many transactions wait.</summary>
/// <param name="Pending">Those that can run.</param>
/// <param name="Queued">Those whose sender's nonces before are missing.</param>
public sealed record PoolStatusView(string Pending, string Queued);
