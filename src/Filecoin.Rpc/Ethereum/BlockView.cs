namespace Filecoin.Rpc;

/// <summary>A tipset, as Ethereum's tools see it.</summary>
public sealed record BlockView(
    string Hash,
    string ParentHash,
    string Sha3Uncles,
    string Miner,
    string StateRoot,
    string TransactionsRoot,
    string ReceiptsRoot,
    string LogsBloom,
    string Difficulty,
    string TotalDifficulty,
    string Number,
    string GasLimit,
    string GasUsed,
    string Timestamp,
    string ExtraData,
    string MixHash,
    string Nonce,
    string BaseFeePerGas,
    string Size,
    IReadOnlyList<object> Transactions,
    IReadOnlyList<string> Uncles);

/// <summary>Makes blocks.</summary>
/// <remarks>Spec: eth-compat 4.</remarks>
internal static class BlockViews
{
    private const string NoUncles =
        "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

    private const string NoTransactions =
        "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

    private static readonly string ZeroHash = Hex.OfBytes(new byte[32]);
    private static readonly string ZeroAddress = Hex.OfBytes(new byte[Address.EthereumLength]);

    /// <summary>The block that a tipset is.</summary>
    /// <param name="node">The node.</param>
    /// <param name="tipset">The tipset.</param>
    /// <param name="isFull">Transactions themselves, not their hashes.</param>
    public static BlockView Of(RpcNode node, Tipset tipset, bool isFull)
    {
        IReadOnlyList<ChainMessage> messages = node.MessagesOf(tipset);
        LogBloom bloom = new();
        foreach (LogView log in node.Logs.Of(tipset))
        {
            bloom.Add(log);
        }

        return Of(new()
        {
            Hash = Hex.OfBytes(tipset.KeyCid.Digest),
            ParentHash = tipset.Epoch.Value == 0
                ? ZeroHash
                : Hex.OfBytes(tipset.Parents.Cid.Digest),
            Bloom = bloom,
            Number = tipset.Epoch,
            GasLimit = node.Chain.Network.BlockGasMax * tipset.Blocks.Count,
            GasUsed = GasOf(node, tipset, messages.Count),
            Timestamp = tipset.Timestamp,
            BaseFee = tipset.ParentBaseFee,
            Transactions = TransactionsOf(node, tipset, messages, isFull),
        });
    }

    /// <summary>A block of which that much is known.</summary>
    public static BlockView Of(in BlockFacts block) => new(
        Hash: block.Hash,
        ParentHash: block.ParentHash,
        Sha3Uncles: NoUncles,
        Miner: ZeroAddress,
        StateRoot: ZeroHash,
        TransactionsRoot: block.Transactions.Count == 0 ? NoTransactions : ZeroHash,
        ReceiptsRoot: ZeroHash,
        LogsBloom: block.Bloom.ToString(),
        Difficulty: "0x0",
        TotalDifficulty: "0x0",
        Number: Hex.Of((ulong)block.Number.Value),
        GasLimit: Hex.Of((ulong)block.GasLimit),
        GasUsed: Hex.Of((ulong)block.GasUsed),
        Timestamp: Hex.Of(block.Timestamp),
        ExtraData: "0x",
        MixHash: ZeroHash,
        Nonce: "0x0000000000000000",
        BaseFeePerGas: Hex.Of(block.BaseFee),
        Size: "0x0",
        Transactions: block.Transactions,
        Uncles: []);

    /// <summary>Gas that the first messages of a tipset used.</summary>
    public static long GasOf(RpcNode node, Tipset tipset, int count)
    {
        long gas = 0;
        if (count > 0 && node.Chain.Store.TryGetRecord(tipset, out TipsetRecord? record))
        {
            for (int i = 0; i < count; i++)
            {
                gas += node.Chain.Store.TryGetReceipt(record, (ulong)i, out Receipt? receipt)
                    ? receipt.GasUsed
                    : 0;
            }
        }

        return gas;
    }

    private static object[] TransactionsOf(
        RpcNode node, Tipset tipset, IReadOnlyList<ChainMessage> messages, bool isFull)
    {
        object[] transactions = new object[messages.Count];
        ActorView? state = isFull && messages.Count > 0 ? node.StateAfter(tipset) : null;
        for (int i = 0; i < transactions.Length; i++)
        {
            transactions[i] = state is null
                ? TransactionViews.HashOf(messages[i], node.Chain.Network)
                : TransactionViews.Of(messages[i], node.Chain.Network, state, tipset, i);
        }

        return transactions;
    }
}

/// <summary>What a block shows that is not the same of all.</summary>
internal readonly record struct BlockFacts
{
    public required string Hash { get; init; }

    public required string ParentHash { get; init; }

    public required LogBloom Bloom { get; init; }

    public required ChainEpoch Number { get; init; }

    public required long GasLimit { get; init; }

    public required long GasUsed { get; init; }

    public required ulong Timestamp { get; init; }

    public required TokenAmount BaseFee { get; init; }

    /// <summary>Hashes, or transactions whole.</summary>
    public required IReadOnlyList<object> Transactions { get; init; }
}
