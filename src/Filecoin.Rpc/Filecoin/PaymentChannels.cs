using Filecoin.ActorRuntime;
using Filecoin.Actors.Init;
using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>The payment channels in which keys of the node take part.</summary>
/// <remarks>
/// Spec: lotus paychmgr/{manager,simple}.go. They are kept in the chain's store. What a message
/// of theirs led to is looked up in the chain whenever somebody asks, so that nobody has to wait
/// for it in between, nor after a restart. Any number of threads may call it.
/// </remarks>
internal sealed class PaymentChannels
{
    /// <summary>Epochs after a message until what it led to counts.</summary>
    private const ulong Confidence = 5;

    private readonly ExecutorGate gate = new();
    private readonly Dictionary<ulong, TokenAmount> queued = [];

    /// <summary>All channels, in the order in which they came.</summary>
    /// <remarks>
    /// Where the chain went back, an address may be given again: the last channel has it.
    /// </remarks>
    public static List<StoredChannel> All(RpcCall call)
    {
        List<StoredChannel> channels = [];
        foreach (StoredChannel stored in call.Node.Chain.Store.LoadChannels())
        {
            StoredChannel channel = Updated(call, stored);
            if (channel.Channel is Address address)
            {
                _ = channels.RemoveAll(earlier => earlier.Channel == address);
            }

            channels.Add(channel);
        }

        return channels;
    }

    /// <summary>The channel with an address; null if the node does not know it.</summary>
    public static StoredChannel? TryFind(RpcCall call, Address address)
    {
        ChainState state = ChainState.At(call, null);
        return All(call).Find(channel =>
            channel.Channel is Address known && state.IsSame(known, address));
    }

    /// <summary>The channel with an address.</summary>
    /// <exception cref="RpcException">The node does not know it.</exception>
    public static StoredChannel Find(RpcCall call, AddressView address) =>
        TryFind(call, address.Address)
            ?? throw new RpcException($"channel not tracked: {address}");

    /// <summary>The channel in which one pays another and nobody ends; null for none.</summary>
    public static StoredChannel? TryFindOpen(RpcCall call, Address from, Address to)
    {
        ChainState state = ChainState.At(call, null);
        return All(call).Find(channel =>
            channel.IsOutbound
            && !channel.IsSettling
            && state.IsSame(channel.From, from)
            && state.IsSame(channel.To, to)
            && (channel.Channel is Address address
                ? IsOpen(state, address)
                : channel.Pending is not null));
    }

    /// <summary>Amounts that wait until others have come into a channel.</summary>
    public TokenAmount QueuedFor(StoredChannel channel)
    {
        lock (queued)
        {
            return queued.GetValueOrDefault(channel.Number);
        }
    }

    /// <summary>Does something to what is kept of channels, when nobody else does.</summary>
    public T Exclusively<T>(Func<T> work) => gate.Run(work);

    /// <summary>Sees to it that one may pay another so much more; makes a channel for it.</summary>
    /// <remarks>While funds are on their way into the channel, it waits for them.</remarks>
    /// <exception cref="RpcException">
    /// It would take a message, but may not; or the message is refused.
    /// </exception>
    public ChannelFunding Fund(RpcCall call, FundingRequest request)
    {
        while (true)
        {
            StoredChannel? busy = null;
            if (Exclusively(() => TryFund(call, request, out busy)) is ChannelFunding done)
            {
                return done;
            }

            WaitBehind(call, busy!, request.Amount);
        }
    }

    /// <summary>Waits until a message of <see cref="Fund"/> has made or filled a channel.</summary>
    /// <exception cref="RpcException">
    /// There was no such message, it failed, or it does not come.
    /// </exception>
    public static Address WaitReady(RpcCall call, Cid message)
    {
        StoredChannel channel = FundedBy(call, message);
        uint exit = MessageSearch.Any(message).Wait(call, Confidence).Receipt.ExitCode;
        if (exit != 0)
        {
            string what = channel.Funding[0] == message
                ? "payment channel creation"
                : "adding funds to the payment channel";
            throw new RpcException($"{what} failed (exit code {exit})");
        }

        return FundedBy(call, message).Channel
            ?? throw new RpcException($"{message} made a payment channel that is gone again");
    }

    /// <summary>Ends a channel: nobody gets it any more for new payments.</summary>
    public Cid Settle(RpcCall call, AddressView address) => Exclusively(() =>
    {
        StoredChannel channel = Find(call, address);
        Cid message = Send(call, channel, PaymentChannelActor.SettleMethod, []);
        call.Node.Chain.Store.KeepChannel(channel with { IsSettling = true });
        return message;
    });

    /// <summary>Sends a message of the node's side to a channel.</summary>
    /// <exception cref="RpcException">It is refused.</exception>
    public static Cid Send(
        RpcCall call, StoredChannel channel, MethodNumber method, byte[] parameters) =>
        Push(call, channel.Own, channel.Channel!.Value, TokenAmount.Zero, method, parameters);

    private static ChannelFunding? TryFund(
        RpcCall call, FundingRequest request, out StoredChannel? busy)
    {
        busy = TryFindOpen(call, request.From, request.To);
        if (busy is null)
        {
            return request.IsOffChain
                ? throw new RpcException("payment channel doesn't exist")
                : Create(call, request);
        }

        if (busy.Pending is not null)
        {
            return null;
        }

        if (request.IsReserved && request.Amount <= busy.Available)
        {
            call.Node.Chain.Store.KeepChannel(
                busy with { Available = busy.Available - request.Amount });
            return new(busy.Channel, null);
        }

        if (request.IsOffChain)
        {
            throw new RpcException(
                "not enough funds available in the payment channel"
                    + $" {new AddressView(busy.Channel!.Value)}");
        }

        Cid message = Push(
            call, busy.From, busy.Channel!.Value, request.Amount, MethodNumber.Send, []);
        call.Node.Chain.Store.KeepChannel(Expecting(busy, message, request));
        return new(busy.Channel, message);
    }

    private static ChannelFunding Create(RpcCall call, FundingRequest request)
    {
        Cid code = ChainState.At(call, null).CodeOf(BuiltinType.PaymentChannel);
        Actors.PaymentChannel.ConstructorParams parties = new(request.From, request.To);
        Cid message = Push(
            call,
            request.From,
            Address.FromId(WellKnownActors.Init),
            request.Amount,
            InitActor.ExecMethod,
            Cbor.Encode(new ExecParams(code, Cbor.Encode(parties))));
        StoredChannel created = new(
            (ulong)call.Node.Chain.Store.LoadChannels().Count,
            Channel: null,
            request.From,
            request.To,
            IsOutbound: true,
            IsSettling: false,
            Confirmed: TokenAmount.Zero,
            Available: TokenAmount.Zero,
            Pending: null,
            NextLane: 0,
            Funding: [],
            Vouchers: []);
        call.Node.Chain.Store.KeepChannel(Expecting(created, message, request));
        return new(null, message);
    }

    private static StoredChannel Expecting(
        StoredChannel channel, Cid message, FundingRequest request) => channel with
        {
            Pending = new(
                message,
                request.Amount,
                request.IsReserved ? TokenAmount.Zero : request.Amount),
            Funding = [.. channel.Funding, message],
        };

    private static Cid Push(
        RpcCall call,
        Address from,
        Address to,
        TokenAmount value,
        MethodNumber method,
        byte[] parameters) => MpoolMethods.Push(call, new(
            0, to, from, 0, value, 0, TokenAmount.Zero, TokenAmount.Zero, method, parameters)).Cid;

    private static StoredChannel FundedBy(RpcCall call, Cid message) =>
        All(call).FindLast(channel => channel.Funding.Span.Contains(message))
            ?? throw new RpcException($"no payment channel was funded by message {message}");

    /// <summary>A channel with what has come of the funds on their way into it.</summary>
    private static StoredChannel Updated(RpcCall call, StoredChannel channel)
    {
        if (channel.Pending is not PendingFunds pending)
        {
            return channel;
        }

        StoredChannel without = channel with { Pending = null };
        try
        {
            // The pool first: what has left it by then, the chain has.
            bool waits = IsWaiting(call, pending.Message);
            MessageSearch search = MessageSearch.Any(pending.Message);
            return search.Look(call, Confidence)?.Receipt is MessageReceiptView receipt
                ? receipt.ExitCode == 0 ? Filled(without, pending, receipt) : without
                : waits || search.Find(call) is not null ? channel : without;
        }
        catch (RpcException)
        {
            // Another message has its nonce: it never comes.
            return without;
        }
    }

    private static StoredChannel Filled(
        StoredChannel channel, PendingFunds funds, MessageReceiptView receipt) => channel with
        {
            Channel = channel.Channel
                ?? (Cbor.TryDecode<ExecReturn>(receipt.Return, out ExecReturn? made, out _)
                    ? made.RobustAddress
                    : null),
            Confirmed = channel.Confirmed + funds.Amount,
            Available = channel.Available + funds.Available,
        };

    /// <summary>Whether a message is in the pool, or what may take its place.</summary>
    private static bool IsWaiting(RpcCall call, Cid cid)
    {
        if (ExecutionMethods.TryGetMessage(call, cid, out Message? sent))
        {
            foreach (PoolEntry entry in call.Node.Chain.Pool.Pending)
            {
                Message waiting = entry.Message.Message;
                if (waiting.From == sent.From && waiting.Nonce == sent.Nonce)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOpen(ChainState state, Address address) =>
        state.Actors.TryResolve(address, out ActorId id)
        && state.Actors.TryGetActor(id, out ActorState actor)
        && state.NameOf(actor) == BuiltinType.PaymentChannel.ManifestName()
        && state.Blocks.GetCbor<PaymentChannelState>(actor.State).SettlingAt.Value == 0;

    private void WaitBehind(RpcCall call, StoredChannel busy, TokenAmount amount)
    {
        Add(amount);
        try
        {
            _ = call.Node.Waiting.Until(Look, MessageSearch.WaitMax)
                ?? throw new RpcException(
                    $"message {busy.Pending!.Message}, which funds the payment channel, did not"
                        + $" come within {MessageSearch.WaitMax.TotalMinutes} minutes");
        }
        finally
        {
            Add(TokenAmount.Zero - amount);
        }

        StoredChannel? Look() =>
            All(call).Find(channel => channel.Number == busy.Number) is { Pending: not null }
                ? null
                : busy;

        void Add(TokenAmount more)
        {
            lock (queued)
            {
                queued[busy.Number] = queued.GetValueOrDefault(busy.Number) + more;
            }
        }
    }
}
