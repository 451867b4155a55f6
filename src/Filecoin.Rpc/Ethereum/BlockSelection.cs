namespace Filecoin.Rpc;

/// <summary>Finds the tipsets that callers mean.</summary>
/// <remarks>
/// Spec: eth-compat 4.3. The chain executes a tipset when it takes it, so the latest block is the
/// head: its receipts are there. On a network that executes with the next tipset it is the parent.
/// </remarks>
internal sealed class BlockSelection(RpcNode node)
{
    private const long SafeDistance = 30;
    private const long FinalDistance = 900;

    /// <summary>The tipset; an epoch without one stands for the one before.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public Tipset Get(BlockParameter? block) => Find(block, NullRound.Before);

    /// <summary>The tipset; an epoch without one is an error.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public Tipset GetStrict(BlockParameter? block) => Find(block, NullRound.Refused);

    private Tipset Find(BlockParameter? block, NullRound rule)
    {
        BlockParameter wanted = block ?? default;
        if (wanted.Hash is byte[] hash)
        {
            return ByHash(hash, wanted.IsCanonical);
        }

        Tipset head = node.Chain.Head;
        return wanted.Number is ulong number
            ? ByNumber(head, number, rule)
            : wanted.Tag switch
            {
                "earliest" => ByNumber(head, 0, rule),
                "safe" => Back(head, SafeDistance),
                "finalized" => Back(head, FinalDistance),
                _ => head,
            };
    }

    private Tipset ByHash(byte[] hash, bool isCanonical)
    {
        if (!node.Chain.Store.TryGetTipset(TipsetKey.CidOfEthereumHash(hash), out Tipset? found))
        {
            throw new RpcException($"block not found: {Hex.OfBytes(hash)}");
        }

        return !isCanonical || node.Chain.Store.IsCanonical(found)
            ? found
            : throw new RpcException($"tipset is not canonical: {Hex.OfBytes(hash)}");
    }

    private Tipset ByNumber(Tipset head, ulong number, NullRound rule)
    {
        if (number > (ulong)head.Epoch.Value)
        {
            throw new RpcException("requested a future epoch (beyond 'latest')");
        }

        return node.Chain.TryGetTipset(new((long)number), rule, out Tipset? tipset)
            ? tipset
            : throw new RpcException(new RpcError(
                RpcError.NullRoundCode, $"requested epoch was a null round ({number})", number));
    }

    private Tipset Back(Tipset head, long distance) =>
        ByNumber(head, (ulong)long.Max(0, head.Epoch.Value - distance), NullRound.Before);
}
