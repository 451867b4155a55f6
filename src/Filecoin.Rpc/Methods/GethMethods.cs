namespace Filecoin.Rpc;

/// <summary>What Ethereum's nodes answer, and the network's own do not.</summary>
public static class GethMethods
{
    private const int WaitDefault = 2_000;
    private const int WaitMax = 30_000;
    private const int NotMinedCode = 4;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<
            CallRequest, BlockParameter?, IReadOnlyDictionary<string, AccountOverride>?,
            AccessListView>(
            "eth_createAccessList", Permission.Read, "What a transaction touches.",
            CreateAccessList, 1),
        RpcMethod.Of<SimulationRequest, BlockParameter?, List<SimulatedBlockView>>(
            "eth_simulateV1", Permission.Read, "Blocks of calls that are forgotten.",
            Simulate, 1),
        RpcMethod.Of<CallRequest, FilledTransactionView>(
            "eth_fillTransaction", Permission.Read,
            "A transaction with all that was left out.", Fill),
        RpcMethod.Of<EthereumAddress, BlockParameter?, AccountInfoView>(
            "eth_getAccountInfo", Permission.Read, "Balance, nonce and code.", AccountInfo, 1),
        RpcMethod.Of<HexBytes, Quantity?, ReceiptView>(
            "eth_sendRawTransactionSync", Permission.Write,
            "Brings a transaction, and waits for its receipt.", SendAndWait, 1),
        RpcMethod.Of<EthereumAddress, IReadOnlyList<string>, BlockParameter?, object>(
            "eth_getProof", Permission.Read, "Refused: there is nothing to prove it by.",
            GetProof, 2),
        RpcMethod.Of<Hash32, Quantity>(
            "eth_getUncleCountByBlockHash", Permission.Read, "None.", UnclesByHash),
        RpcMethod.Of<BlockParameter, Quantity>(
            "eth_getUncleCountByBlockNumber", Permission.Read, "None.", UnclesByNumber),
        RpcMethod.Of<Hash32, Quantity, object?>(
            "eth_getUncleByBlockHashAndIndex", Permission.Read, "None.",
            static (_, _, _) => null),
        RpcMethod.Of<BlockParameter, Quantity, object?>(
            "eth_getUncleByBlockNumberAndIndex", Permission.Read, "None.",
            static (_, _, _) => null),
        RpcMethod.Of("eth_coinbase", Permission.Read, "Who gets rewards.", Miner),
        RpcMethod.Of(
            "eth_mining", Permission.Read, "Whether blocks are made unasked.",
            static call => call.Node.Producer.Mode != ProductionMode.Manual),
        RpcMethod.Of<Quantity>("eth_hashrate", Permission.Read, "None.", static _ => 0UL),
        .. RpcMethod.Of<Hash32, HexBytes?>(
            "eth_getRawTransactionByHash", Permission.Read,
            "A transaction's bytes; null of what came as a message of the network's own.", Raw)
            .And("debug_getRawTransaction"),
    ];

    private static string Miner(RpcCall call) =>
        call.Node.StateAfter(call.Node.Chain.Head).EthereumOf(call.Node.Producer.Miner);

    private static HexBytes? Raw(RpcCall call, Hash32 hash) =>
        EthereumMethods.Find(call, hash) is { Signature.Type: SignatureType.Delegated } message
        && EthereumTransaction.TryFromSignedMessage(
            message.ToSigned()!,
            call.Node.Chain.Network.ChainId,
            out EthereumTransaction? transaction,
            out _)
            ? new HexBytes(transaction.Encode())
            : null;

    private static AccessListView CreateAccessList(
        RpcCall call,
        CallRequest request,
        BlockParameter? block,
        IReadOnlyDictionary<string, AccountOverride>? stateOverrides)
    {
        EthereumCalls calls = call.Node.Calls;
        call.Node.Tracing.RequireInstructions("access lists are");
        CallPlan plan = calls.Plan(
            request, call.Node.Blocks.Get(block), CallOverrides.Of(stateOverrides, null));
        AccessListRecorder recorder = new();
        ApplyResult result = calls.Run(plan, recorder);
        ActorView state = calls.StateOf(plan);
        return new(
            recorder.List(
                state.EthereumOf(plan.Message.From),
                request.To is null ? null : state.EthereumOf(plan.Message.To)),
            Hex.Of((ulong)result.Receipt.GasUsed),
            result.Receipt.ExitCode.IsSuccess
                ? null
                : new CallFailures(call.Node).Of(plan, result).Error.Message);
    }

    private static List<SimulatedBlockView> Simulate(
        RpcCall call, SimulationRequest request, BlockParameter? block) =>
        new Simulation(call.Node, request).Run(call.Node.Blocks.Get(block));

    private static FilledTransactionView Fill(RpcCall call, CallRequest request)
    {
        EthereumTransaction filled = call.Node.Sending.Fill(request);
        return new(
            Hex.OfBytes(filled.Encode()),
            TransactionViews.Unsigned(filled, TransactionSending.EthereumOf(
                call.Node.Sending.SenderOf(request))));
    }

    private static AccountInfoView AccountInfo(
        RpcCall call, EthereumAddress address, BlockParameter? block)
    {
        ActorView state = call.Node.StateAfter(call.Node.Blocks.Get(block));
        return new(
            Hex.Of(state.BalanceOf(address.ToAddress())),
            Hex.Of(state.NonceOf(address.ToAddress())),
            Hex.OfBytes(state.CodeOf(address.ToAddress()).Span));
    }

    private static ReceiptView SendAndWait(
        RpcCall call, HexBytes transaction, Quantity? timeout)
    {
        ulong wait = timeout?.ToUInt64() ?? WaitDefault;
        if (wait is 0 or > WaitMax)
        {
            throw RpcException.BadParameters($"a wait of 1 to {WaitMax} ms, not {wait}");
        }

        Hash32 hash = call.Node.Sending.SendRaw(transaction.Bytes.Span);
        return call.Node.Waiting.Until(
            () => EthereumMethods.Receipt(call, hash), TimeSpan.FromMilliseconds(wait))
            ?? throw new RpcException(new RpcError(
                NotMinedCode,
                $"the transaction waits, and was in no block within {wait} ms",
                Hex.OfBytes(hash.Bytes.Span)));
    }

    private static object GetProof(
        RpcCall call,
        EthereumAddress address,
        IReadOnlyList<string> storageKeys,
        BlockParameter? block) => throw new RpcException(new RpcError(
            RpcError.MethodNotFoundCode,
            "eth_getProof is not there: accounts are in a HAMT and slots in a KAMT, and neither is"
                + " the Merkle-Patricia trie that such a proof is of"));

    private static Quantity UnclesByHash(RpcCall call, Hash32 hash) =>
        None(call.Node.Blocks.Get(new(null, null, hash.Bytes.ToArray(), false)));

    private static Quantity UnclesByNumber(RpcCall call, BlockParameter block) =>
        None(call.Node.Blocks.GetStrict(block));

    private static Quantity None(Tipset tipset)
    {
        _ = tipset;
        return 0UL;
    }
}

/// <summary>A transaction with all that was left out, not signed.</summary>
/// <param name="Raw">Its encoding, with a signature of zeros.</param>
/// <param name="Tx">The transaction.</param>
public sealed record FilledTransactionView(string Raw, TransactionView Tx);

/// <summary>What is known of an address.</summary>
/// <param name="Balance">What it owns, in attoFIL.</param>
/// <param name="Nonce">Its next nonce.</param>
/// <param name="Code">Its code; empty for no contract.</param>
public sealed record AccountInfoView(string Balance, string Nonce, string Code);
