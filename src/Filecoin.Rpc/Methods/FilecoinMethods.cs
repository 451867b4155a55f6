namespace Filecoin.Rpc;

/// <summary>The network's own methods, as lotus has them in version 1.</summary>
/// <remarks>
/// Spec: eth-compat 13. A tipset is executed when the chain takes it: a message is found in the
/// tipset that it ran in, not in the one after.
/// </remarks>
public static class FilecoinMethods
{
    private const uint ApiVersion = 0x020300;
    private const int WaitersMax = 64;
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(20);
    private static readonly SemaphoreSlim Waiters = new(WaitersMax);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("Filecoin.Version", Permission.Read, "What node it is.", Version),
        RpcMethod.Of("Filecoin.ChainHead", Permission.Read, "The last tipset.", ChainHead),
        RpcMethod.Of(
            "Filecoin.ChainGetGenesis", Permission.Read, "The first tipset.", ChainGetGenesis),
        RpcMethod.Of<IReadOnlyList<CidLink>?, TipsetView>(
            "Filecoin.ChainGetTipSet", Permission.Read, "A tipset by its key.", ChainGetTipset),
        RpcMethod.Of<long, IReadOnlyList<CidLink>?, TipsetView>(
            "Filecoin.ChainGetTipSetByHeight", Permission.Read,
            "The tipset of an epoch, or the one before.", ChainGetTipsetByHeight, 1),
        RpcMethod.Of<CidLink, MessageView>(
            "Filecoin.ChainGetMessage", Permission.Read, "A message.", ChainGetMessage),
        RpcMethod.Of<CidLink, byte[]>(
            "Filecoin.ChainReadObj", Permission.Read, "A block of the store.", ChainReadObject),
        RpcMethod.Of<CidLink, bool>(
            "Filecoin.ChainHasObj", Permission.Read, "Whether the store has it.", ChainHasObject),
        RpcMethod.Of("Filecoin.StateNetworkName", Permission.Read, "The network.", NetworkName),
        RpcMethod.Of<IReadOnlyList<CidLink>?, ulong>(
            "Filecoin.StateNetworkVersion", Permission.Read, "Its version.", NetworkVersion, 0),
        RpcMethod.Of<AddressView, IReadOnlyList<CidLink>?, ActorRecordView>(
            "Filecoin.StateGetActor", Permission.Read, "An actor's record.", GetActor, 1),
        RpcMethod.Of<AddressView, IReadOnlyList<CidLink>?, AddressView>(
            "Filecoin.StateLookupID", Permission.Read, "An address' id.", LookupId, 1),
        RpcMethod.Of<AddressView, IReadOnlyList<CidLink>?, AddressView>(
            "Filecoin.StateAccountKey", Permission.Read, "An account's key.", AccountKey, 1),
        RpcMethod.Of<MessageView, IReadOnlyList<CidLink>?, InvocationView>(
            "Filecoin.StateCall", Permission.Read, "Runs a message for nothing.", StateCall, 1),
        RpcMethod.Of<IReadOnlyList<CidLink>?, CidLink, long, bool, MessageLookupView?>(
            "Filecoin.StateSearchMsg", Permission.Read, "Finds a message.", StateSearch, 2),
        RpcMethod.Of<CidLink, ulong, long, bool, MessageLookupView>(
            "Filecoin.StateWaitMsg", Permission.Read, "Waits for a message.", StateWait, 1),
        RpcMethod.Of<AddressView, AmountView>(
            "Filecoin.WalletBalance", Permission.Read, "What an address owns.", WalletBalance),
        RpcMethod.Of<AddressView, ulong>(
            "Filecoin.MpoolGetNonce", Permission.Read, "The next nonce.", PoolNonce),
        RpcMethod.Of<SignedMessageView, CidLink>(
            "Filecoin.MpoolPush", Permission.Write, "Brings a message.", PoolPush),
        RpcMethod.Of<IReadOnlyList<CidLink>?, IReadOnlyList<SignedMessageView>>(
            "Filecoin.MpoolPending", Permission.Read, "What waits.", PoolPending, 0),
        RpcMethod.Of<MessageView, MessageSendSpec?, IReadOnlyList<CidLink>?, MessageView>(
            "Filecoin.GasEstimateMessageGas", Permission.Read,
            "A message with gas limit and fees.", EstimateMessage, 1),
        RpcMethod.Of<MessageView, IReadOnlyList<CidLink>?, long>(
            "Filecoin.GasEstimateGasLimit", Permission.Read, "The gas that it uses.",
            EstimateLimit, 1),
        RpcMethod.Of<MessageView, long, IReadOnlyList<CidLink>?, AmountView>(
            "Filecoin.GasEstimateFeeCap", Permission.Read, "A fee cap.", EstimateCap, 1),
        RpcMethod.Of<ulong, AddressView, long, IReadOnlyList<CidLink>?, AmountView>(
            "Filecoin.GasEstimateGasPremium", Permission.Read, "A premium.", EstimatePremium, 1),
        RpcMethod.Of<AddressView, JsonElement?, EthereumAddress>(
            "Filecoin.FilecoinAddressToEthAddress", Permission.Read,
            "What Ethereum knows it by.", ToEthereum, 1),
        RpcMethod.Of<EthereumAddress, AddressView>(
            "Filecoin.EthAddressToFilecoinAddress", Permission.Read,
            "What it is on this chain.", FromEthereum),
        RpcMethod.Of<Hash32, CidLink?>(
            "Filecoin.EthGetMessageCidByTransactionHash", Permission.Read,
            "The message of a transaction.", CidOfTransaction),
        RpcMethod.Of<CidLink, Hash32?>(
            "Filecoin.EthGetTransactionHashByCid", Permission.Read,
            "The transaction of a message.", TransactionOfCid),
    ];

    /// <summary>Ethereum's methods under the names that lotus has for them.</summary>
    public static IReadOnlyList<RpcMethod> EthereumNames { get; } = MakeNames();

    private static List<RpcMethod> MakeNames()
    {
        List<RpcMethod> named = [];
        foreach (RpcMethod method in EthereumMethods.All)
        {
            int split = method.Name.IndexOf('_', StringComparison.Ordinal);
            string module = method.Name[..split];
            string name = method.Name[(split + 1)..];
            named.Add(method.As(
                $"Filecoin.{char.ToUpperInvariant(module[0])}{module[1..]}"
                    + $"{char.ToUpperInvariant(name[0])}{name[1..]}"));
        }

        return named;
    }

    private static VersionView Version(RpcCall call) => new(
        call.Node.ClientVersion, ApiVersion, call.Node.Chain.Network.EpochSeconds,
        call.Node.ClientVersion);

    private static TipsetView ChainHead(RpcCall call) => TipsetView.Of(call.Node.Chain.Head);

    private static TipsetView ChainGetGenesis(RpcCall call) =>
        TipsetView.Of(call.Node.Blocks.Get(new(null, 0, null, false)));

    private static TipsetView ChainGetTipset(RpcCall call, IReadOnlyList<CidLink>? tipset) =>
        TipsetView.Of(TipsetOf(call, tipset));

    private static TipsetView ChainGetTipsetByHeight(
        RpcCall call, long height, IReadOnlyList<CidLink>? tipset)
    {
        Tipset last = TipsetOf(call, tipset);
        if (height > last.Epoch.Value)
        {
            throw new RpcException("looking for tipset with height greater than start point");
        }

        // Wallets ask for what is long final; a young network has nothing before its first.
        return call.Node.Chain.Store.TryGetAtOrBefore(
            last, new(long.Max(0, height)), out Tipset? found)
                ? TipsetView.Of(found)
                : throw new RpcException($"no tipset of epoch {height}");
    }

    private static MessageView ChainGetMessage(RpcCall call, CidLink message)
    {
        IBlockstore blocks = call.Node.Chain.Store.Blocks;
        if (!blocks.TryGet(message.Cid, out ReadOnlyMemory<byte> block))
        {
            throw new RpcException($"block not found: {message.Cid}");
        }

        return Cbor.TryDecode<SignedMessage>(block.Span, out SignedMessage? signed, out _)
            ? MessageView.Of(signed.Message)
            : Cbor.TryDecode<Message>(block.Span, out Message? bare, out _)
                ? MessageView.Of(bare)
                : throw new RpcException($"{message.Cid} is no message");
    }

    private static byte[] ChainReadObject(RpcCall call, CidLink block) =>
        call.Node.Chain.Store.Blocks.TryGet(block.Cid, out ReadOnlyMemory<byte> bytes)
            ? bytes.ToArray()
            : throw new RpcException($"block not found: {block.Cid}");

    private static bool ChainHasObject(RpcCall call, CidLink block) =>
        call.Node.Chain.Store.Blocks.Has(block.Cid);

    private static string NetworkName(RpcCall call) => call.Node.Chain.Network.Name;

    private static ulong NetworkVersion(RpcCall call, IReadOnlyList<CidLink>? tipset) =>
        (ulong)call.Node.Chain.Network.Version;

    private static ActorRecordView GetActor(
        RpcCall call, AddressView address, IReadOnlyList<CidLink>? tipset)
    {
        (_, ActorState actor) = Find(call, address, tipset);
        return new(
            new(actor.Code),
            new(actor.State),
            actor.Nonce,
            new(actor.Balance),
            actor.DelegatedAddress is Address delegated ? new AddressView(delegated) : null);
    }

    private static AddressView LookupId(
        RpcCall call, AddressView address, IReadOnlyList<CidLink>? tipset) =>
        new(Address.FromId(Find(call, address, tipset).Id));

    private static AddressView AccountKey(
        RpcCall call, AddressView address, IReadOnlyList<CidLink>? tipset)
    {
        if (address.Address.Protocol is Protocol.Secp256k1 or Protocol.Bls)
        {
            return address;
        }

        (_, ActorState actor) = Find(call, address, tipset);
        if (actor.DelegatedAddress is Address delegated)
        {
            return new(delegated);
        }

        CborReader reader = new(
            call.Node.Chain.Store.Blocks.TryGet(actor.State, out ReadOnlyMemory<byte> state)
                ? state.Span
                : default);
        return reader.TryReadArrayOf(1) && Address.TryRead(ref reader, out Address key)
            ? new(key)
            : throw new RpcException($"{address.Address} is no account");
    }

    private static InvocationView StateCall(
        RpcCall call, MessageView message, IReadOnlyList<CidLink>? tipset)
    {
        Tipset at = TipsetOf(call, tipset);
        Message asked = message.ToMessage();
        Message run = asked with
        {
            GasLimit = asked.GasLimit == 0
                ? (ulong)call.Node.Chain.Network.BlockGasMax
                : asked.GasLimit,
            GasFeeCap = TokenAmount.Zero,
            GasPremium = TokenAmount.Zero,
        };
        long start = TimeProvider.System.GetTimestamp();
        ApplyResult result = call.Node.Calls.Run(run, call.Node.Chain.ContextAfter(at), at);
        return new(
            new(asked.Cid),
            MessageView.Of(asked),
            MessageReceiptView.Of(result.Receipt),
            result.Failure ?? "",
            (long)TimeProvider.System.GetElapsedTime(start).TotalNanoseconds);
    }

    private static MessageLookupView? StateSearch(
        RpcCall call, IReadOnlyList<CidLink>? tipset, CidLink message, long limit, bool replaced) =>
        Lookup(call, message);

    private static MessageLookupView StateWait(
        RpcCall call, CidLink message, ulong confidence, long limit, bool replaced)
    {
        if (!Waiters.Wait(TimeSpan.Zero))
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"{WaitersMax} calls wait already"));
        }

        try
        {
            long start = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(start) < WaitMax)
            {
                if (Lookup(call, message) is MessageLookupView found)
                {
                    return found;
                }

                Thread.Sleep(WaitStep);
            }
        }
        finally
        {
            _ = Waiters.Release();
        }

        throw new RpcException($"{message.Cid} did not come within {WaitMax.TotalMinutes} minutes");
    }

    private static MessageLookupView? Lookup(RpcCall call, CidLink message)
    {
        ChainStore store = call.Node.Chain.Store;
        return store.TryFindMessage(message.Cid, out MessagePlace? place)
            && store.TryGetTipset(place.TipsetKeyCid, out Tipset? tipset)
            && store.TryGetRecord(tipset, out TipsetRecord? record)
            && store.TryGetReceipt(record, place.Index, out Receipt? receipt)
                ? new(
                    message,
                    MessageReceiptView.Of(receipt),
                    null,
                    [.. TipsetView.Links(tipset.Cids)],
                    tipset.Epoch.Value)
                : null;
    }

    private static AmountView WalletBalance(RpcCall call, AddressView address) => new(
        call.Node.StateAfter(call.Node.Chain.Head).BalanceOf(address.Address));

    private static ulong PoolNonce(RpcCall call, AddressView address)
    {
        _ = Find(call, address, null);
        return call.Node.Chain.Pool.NextNonce(address.Address);
    }

    private static CidLink PoolPush(RpcCall call, SignedMessageView message)
    {
        SignedMessage signed = message.ToSigned();
        call.Node.Sending.Submit(signed);
        return new(signed.Cid);
    }

    private static IReadOnlyList<SignedMessageView> PoolPending(
        RpcCall call, IReadOnlyList<CidLink>? tipset)
    {
        List<SignedMessageView> waiting = [];
        foreach (PoolEntry entry in call.Node.Chain.Pool.Pending)
        {
            SignedMessage signed = entry.Message.ToSigned()!;
            waiting.Add(new(
                MessageView.Of(signed.Message),
                new((int)signed.Signature.Type, signed.Signature.Data.ToArray()),
                new(signed.Cid)));
        }

        return waiting;
    }

    private static MessageView EstimateMessage(
        RpcCall call, MessageView message, MessageSendSpec? spec, IReadOnlyList<CidLink>? tipset)
    {
        Message asked = message.ToMessage();
        long limit = asked.GasLimit > 0
            ? (long)asked.GasLimit
            : call.Node.Calls.EstimateMessage(Free(asked));
        TokenAmount premium = asked.GasPremium.IsZero ? GasFees.Premium : asked.GasPremium;
        TokenAmount cap = asked.GasFeeCap.IsZero ? call.Node.Fees.Cap : asked.GasFeeCap;
        if (spec is { MaxFee.Amount: TokenAmount most } && !most.IsZero && limit > 0)
        {
            cap = TokenAmount.Min(cap, most.DivideFloor(limit));
        }

        return MessageView.Of(asked with
        {
            GasLimit = (ulong)limit,
            GasFeeCap = cap,
            GasPremium = TokenAmount.Min(premium, cap),
        });
    }

    private static long EstimateLimit(
        RpcCall call, MessageView message, IReadOnlyList<CidLink>? tipset) =>
        call.Node.Calls.EstimateMessage(Free(message.ToMessage()));

    private static AmountView EstimateCap(
        RpcCall call, MessageView message, long blocks, IReadOnlyList<CidLink>? tipset) =>
        new(call.Node.Fees.Cap);

    private static AmountView EstimatePremium(
        RpcCall call,
        ulong blocks,
        AddressView sender,
        long limit,
        IReadOnlyList<CidLink>? tipset) => new(GasFees.Premium);

    private static EthereumAddress ToEthereum(
        RpcCall call, AddressView address, JsonElement? block)
    {
        byte[] bytes = new byte[Address.EthereumLength];
        if (!address.Address.TryToEthereum(bytes))
        {
            _ = Address.FromId(Find(call, address, null).Id).TryToEthereum(bytes);
        }

        return new(bytes);
    }

    private static AddressView FromEthereum(RpcCall call, EthereumAddress address) =>
        new(address.ToAddress());

    private static CidLink? CidOfTransaction(RpcCall call, Hash32 hash) =>
        call.Node.Chain.Store.TryFindEthereum(hash.Bytes.Span, out Cid cid)
            ? new CidLink(cid)
            : call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
                ? new CidLink(entry.Message.Cid)
                : null;

    private static Hash32? TransactionOfCid(RpcCall call, CidLink message)
    {
        NetworkParameters network = call.Node.Chain.Network;
        if (call.Node.Chain.Pool.TryGet(message.Cid, out PoolEntry? entry))
        {
            return HashOf(entry.Message);
        }

        return call.Node.Chain.Store.TryFindMessage(message.Cid, out MessagePlace? place)
            && call.Node.Chain.Store.TryGetTipset(place.TipsetKeyCid, out Tipset? tipset)
                ? HashOf(call.Node.MessagesOf(tipset)[(int)place.Index])
                : null;

        Hash32 HashOf(ChainMessage found) =>
            new(found.EthereumHash(network.ChainId) ?? found.Cid.Digest.ToArray());
    }

    private static Message Free(Message message) => message with
    {
        GasFeeCap = TokenAmount.Zero,
        GasPremium = TokenAmount.Zero,
    };

    private static (ActorId Id, ActorState Actor) Find(
        RpcCall call, AddressView address, IReadOnlyList<CidLink>? tipset) =>
        call.Node.StateAfter(TipsetOf(call, tipset))
            .TryGet(address.Address, out ActorId id, out ActorState actor)
            ? (id, actor)
            : throw new RpcException(new RpcError(
                RpcError.ActorNotFoundCode, $"actor not found: {address.Address}"));

    private static Tipset TipsetOf(RpcCall call, IReadOnlyList<CidLink>? key)
    {
        if (key is null || key.Count == 0)
        {
            return call.Node.Chain.Head;
        }

        Cid[] cids = new Cid[key.Count];
        for (int i = 0; i < cids.Length; i++)
        {
            cids[i] = key[i].Cid;
        }

        return call.Node.Chain.Store.TryGetTipset(TipsetKey.Of(cids), out Tipset? tipset)
            ? tipset
            : throw new RpcException($"block not found: {cids[0]}");
    }
}
