namespace Filecoin.Rpc;

/// <summary>What a transaction of the chain led to.</summary>
public sealed record ReceiptView(
    string TransactionHash,
    string TransactionIndex,
    string BlockHash,
    string BlockNumber,
    string From,
    string? To,
    string Root,
    string Status,
    string? ContractAddress,
    string CumulativeGasUsed,
    string GasUsed,
    string EffectiveGasPrice,
    string LogsBloom,
    IReadOnlyList<LogView> Logs,
    string Type);

/// <summary>Makes receipts.</summary>
/// <remarks>Spec: eth-compat 5.4.</remarks>
internal static class ReceiptViews
{
    private static readonly string ZeroHash = Hex.OfBytes(new byte[32]);

    /// <summary>The receipts of a tipset in order.</summary>
    public static List<ReceiptView> OfAll(RpcNode node, Tipset tipset)
    {
        IReadOnlyList<ChainMessage> messages = node.MessagesOf(tipset);
        ActorView state = node.StateAfter(tipset);
        List<ReceiptView> receipts = new(messages.Count);
        for (int i = 0; i < messages.Count; i++)
        {
            receipts.Add(Of(node, tipset, messages[i], i, state));
        }

        return receipts;
    }

    /// <summary>The receipt of a message of a tipset.</summary>
    public static ReceiptView Of(
        RpcNode node, Tipset tipset, ChainMessage message, int index, ActorView state)
    {
        if (!node.Chain.Store.TryGetRecord(tipset, out TipsetRecord? record)
            || !node.Chain.Store.TryGetReceipt(record, (ulong)index, out Receipt? receipt))
        {
            throw new RpcException($"no receipt {index} of tipset {tipset}");
        }

        TransactionView transaction =
            TransactionViews.Of(message, node.Chain.Network, state, tipset, index);
        List<LogView> logs = LogsOf(node, tipset, transaction.TransactionIndex!, state);
        LogBloom bloom = new();
        logs.ForEach(bloom.Add);
        bool succeeds = receipt.ExitCode.IsSuccess;
        return new(
            transaction.Hash,
            transaction.TransactionIndex!,
            transaction.BlockHash!,
            transaction.BlockNumber!,
            transaction.From,
            transaction.To,
            ZeroHash,
            succeeds ? "0x1" : "0x0",
            transaction.To is null && succeeds ? CreatedOf(receipt.Return.Span) : null,
            "0x0",
            Hex.Of((ulong)receipt.GasUsed),
            Hex.Of(PriceOf(message.Message, receipt, tipset.ParentBaseFee)),
            bloom.ToString(),
            logs,
            transaction.Type);
    }

    private static List<LogView> LogsOf(
        RpcNode node, Tipset tipset, string index, ActorView state)
    {
        List<LogView> logs = [];
        foreach (LogView log in node.Logs.Of(tipset, state))
        {
            if (log.TransactionIndex == index)
            {
                logs.Add(log);
            }
        }

        return logs;
    }

    /// <summary>The address that a contract's making returned: [id, robust, ethereum].</summary>
    private static string? CreatedOf(ReadOnlySpan<byte> returned)
    {
        CborReader reader = new(returned);
        return reader.TryReadArrayOf(3)
            && reader.TrySkip()
            && reader.TrySkip()
            && reader.TryReadBytes(out ReadOnlySpan<byte> address)
                ? Hex.OfBytes(address)
                : null;
    }

    private static TokenAmount PriceOf(Message message, Receipt receipt, TokenAmount baseFee)
    {
        if (receipt.GasUsed == 0)
        {
            return TokenAmount.Zero;
        }

        GasOutputs paid = FeeSettlement.Compute(
            receipt.GasUsed, message.GasLimit, baseFee, message.GasFeeCap, message.GasPremium);
        return (paid.BaseFeeBurn + paid.MinerTip + paid.OverEstimationBurn)
            .DivideFloor(receipt.GasUsed);
    }
}
