namespace Filecoin.Rpc;

/// <summary>Brings transactions to the pool.</summary>
/// <remarks>Spec: eth-compat 10.</remarks>
internal sealed class TransactionSending(RpcNode node)
{
    /// <summary>The last kind of transactions that say what this one would.</summary>
    private const int LastType = 2;

    private const int SignatureLength = 65;
    private const int SenderStart = 12;
    private const int SEnd = 63;

    private NetworkParameters Network => node.Chain.Network;

    /// <summary>Brings a signed transaction, and gives its hash.</summary>
    /// <exception cref="RpcException">It is none, or the pool does not take it.</exception>
    public Hash32 SendRaw(ReadOnlySpan<byte> encoded)
    {
        if (!EthereumTransaction.TryDecode(
            encoded, Network.ChainId, out EthereumTransaction? transaction, out var error))
        {
            throw new RpcException(error switch
            {
                EthereumTransactionError.UnsupportedType =>
                    "unsupported transaction type: legacy and EIP-1559 ones are taken",
                EthereumTransactionError.AccessList => "access lists are not supported",
                EthereumTransactionError.OtherChain =>
                    $"invalid chain id: the network's is {Network.ChainId}",
                EthereumTransactionError.Signature => "invalid signature",
                _ => "the bytes are no transaction",
            });
        }

        byte[] hash = transaction.Hash();
        Require(node.Producer.Submit(transaction), () => MessageOf(transaction));
        return new(hash);
    }

    /// <summary>Signs a transaction for an account of the node, or takes it unsigned.</summary>
    /// <exception cref="RpcException">The account is not the node's, or it is refused.</exception>
    public Hash32 Send(CallRequest request)
    {
        Address from = SenderOf(request);
        bool hasKey = node.Keys.TryGet(from, out AccountKey? key);
        if (!hasKey && !node.Keys.IsImpersonated(from))
        {
            throw KeyRing.Unknown(from);
        }

        EthereumTransaction unsigned = Complete(request, from);
        if (hasKey)
        {
            EthereumTransaction signed = unsigned with
            {
                Signature = key!.Sign(unsigned.SigningHash()),
            };
            return SendRaw(signed.Encode());
        }

        node.Chain.Pool.Impersonate(from, true);
        byte[] mark = new byte[SignatureLength];
        from.Payload[^Address.EthereumLength..].CopyTo(mark.AsSpan(SenderStart));
        mark[SEnd] = 1;
        EthereumTransaction marked = unsigned with { Signature = mark };
        SignedMessage message = new(
            EthereumCalls.MessageOf(request with { From = EthereumOf(from) }, 1) with
            {
                Nonce = marked.Nonce,
                GasLimit = marked.GasLimit,
                GasFeeCap = marked.MaxFee,
                GasPremium = marked.MaxPriorityFee,
            },
            new(SignatureType.Delegated, mark));
        Submit(message);
        return new(marked.Hash());
    }

    /// <summary>Signs a transaction, and gives it.</summary>
    public HexBytes Sign(CallRequest request)
    {
        Address from = SenderOf(request);
        AccountKey key = node.Keys.KeyOf(from);
        EthereumTransaction unsigned = Complete(request, from);
        return new((unsigned with { Signature = key.Sign(unsigned.SigningHash()) }).Encode());
    }

    /// <summary>Brings a message to the pool.</summary>
    /// <exception cref="RpcException">It is refused.</exception>
    public void Submit(SignedMessage signed) =>
        Require(node.Producer.Submit(signed), () => signed.Message);

    /// <summary>A transaction with all that was left out, not signed.</summary>
    /// <exception cref="RpcException">It fails with any limit of gas.</exception>
    public EthereumTransaction Fill(CallRequest request) => Complete(request, SenderOf(request));

    private static Message? MessageOf(EthereumTransaction transaction) =>
        transaction.TryToSignedMessage(out SignedMessage? signed) ? signed.Message : null;

    private void Require(PoolVerdict verdict, Func<Message?> message)
    {
        if (!verdict.IsAccepted)
        {
            throw verdict.Refusal == PoolRefusal.GasBelowInclusion
                ? new(new RpcError(
                    RpcError.RejectedCode,
                    $"intrinsic gas too low: {verdict.Line}{Needed(message())}"))
                : verdict.Refusal is PoolRefusal.InsufficientFunds
                    or PoolRefusal.InsufficientFundsWithPending
                    ? new(new RpcError(RpcError.RejectedCode, verdict.Line))
                    : new RpcException(verdict.Line);
        }
    }

    /// <summary>What a message needs in all, in words; nothing if it fails with any.</summary>
    private string Needed(Message? message)
    {
        try
        {
            return message is null ? "" : "; it needs about " + node.Calls.EstimateMessage(
                message with { GasFeeCap = TokenAmount.Zero, GasPremium = TokenAmount.Zero })
                + " in all";
        }
        catch (RpcException)
        {
            return "";
        }
    }

    internal static EthereumAddress EthereumOf(Address address) =>
        new(address.Payload[^Address.EthereumLength..].ToArray());

    internal Address SenderOf(CallRequest request) =>
        request.From?.ToAddress() is Address { Protocol: Protocol.Delegated } from
            ? from
            : node.Keys.All.Count > 0 && request.From is null
                ? node.Keys.All[0].Address
                : throw RpcException.BadParameters("from is no account of Ethereum");

    /// <summary>As the chain counts it: without what a contract has made.</summary>
    private ulong NonceOf(CallRequest request, Address from)
    {
        if (request.Nonce is not Quantity given)
        {
            return node.Chain.Pool.NextNonce(from);
        }

        ulong made = node.StateAfter(node.Chain.Head).MadeBy(from);
        return given.ToUInt64() >= made
            ? given.ToUInt64() - made
            : throw new RpcException($"nonce too low: {given.Value}, the contract made {made}");
    }

    private EthereumTransaction Complete(CallRequest request, Address from)
    {
        if (request.ChainId is Quantity chain && chain.Value != Network.ChainId)
        {
            throw RpcException.BadParameters(
                $"chainId {chain.Value} is not this network's, {Network.ChainId}");
        }

        if (request.Type is Quantity type && type.Value > LastType)
        {
            throw RpcException.BadParameters(
                $"transactions of type {type.Value} are not there: 0, 1 and 2 are signed as 2");
        }

        TokenAmount cap = (request.MaxFeePerGas ?? request.GasPrice)?.ToAmount()
            ?? node.Fees.Cap;
        TokenAmount premium = (request.MaxPriorityFeePerGas ?? request.GasPrice)?.ToAmount()
            ?? TokenAmount.Min(cap, GasFees.Premium);
        return new(
            EthereumTransactionKind.DynamicFee,
            Network.ChainId,
            NonceOf(request, from),
            premium,
            cap,
            request.Gas?.ToUInt64()
                ?? (ulong)node.Calls.Estimate(request with { From = EthereumOf(from) }),
            request.To?.Bytes ?? default,
            request.Value?.ToAmount() ?? TokenAmount.Zero,
            request.Content,
            new byte[SignatureLength]);
    }
}
