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

/// <summary>
/// What a development node says of itself, as Hardhat does, with the numbers and hashes of the
/// blocks that snapshots were taken at.
/// </summary>
public sealed record MetadataView(
    string ClientVersion,
    ulong ChainId,
    string InstanceId,
    ulong LatestBlockNumber,
    string LatestBlockHash,
    IReadOnlyDictionary<string, IReadOnlyList<object>> Snapshots);

/// <summary>How many transactions wait.</summary>
/// <param name="Pending">Those that can run.</param>
/// <param name="Queued">Those whose sender's nonces before are missing.</param>
public sealed record PoolStatusView(string Pending, string Queued);

/// <summary>What waits, by sender and nonce.</summary>
/// <param name="Pending">What can run.</param>
/// <param name="Queued">What waits for nonces before it.</param>
public sealed record PoolView<T>(
    Dictionary<string, Dictionary<string, T>> Pending,
    Dictionary<string, Dictionary<string, T>> Queued);

/// <summary>What waits of a sender, by nonce.</summary>
/// <param name="Pending">What can run.</param>
/// <param name="Queued">What waits for nonces before it.</param>
public sealed record SenderPoolView(
    Dictionary<string, TransactionView> Pending, Dictionary<string, TransactionView> Queued);
