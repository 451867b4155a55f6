using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>Calls that leave nothing behind, and estimates of gas.</summary>
/// <remarks>Spec: eth-compat 8.</remarks>
internal sealed class EthereumCalls(RpcNode node)
{
    private const long OverestimatePercent = 125;

    private static readonly MethodNumber CreateExternal = new(4);
    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");
    private static readonly Address Manager =
        Address.FromId(WellKnownActors.EthereumAddressManager);

    private long GasMax => node.Chain.Network.BlockGasMax;

    /// <summary>Runs a call on the state that a tipset led to; gives what it returned.</summary>
    /// <exception cref="RpcException">It failed.</exception>
    public ReadOnlyMemory<byte> Call(CallRequest request, Tipset tipset)
    {
        ApplyResult result = Run(
            MessageOf(request, GasMax), node.Chain.ContextAfter(tipset), tipset);
        ThrowIfFailed(result);
        return request.To is null ? default : BytesOf(result.Receipt.Return);
    }

    /// <summary>The gas limit that a transaction needs in the next block.</summary>
    /// <exception cref="RpcException">It fails with any.</exception>
    public long Estimate(CallRequest request) => EstimateMessage(MessageOf(request, GasMax));

    /// <summary>The gas limit that a message needs in the next block.</summary>
    /// <exception cref="RpcException">It fails with any.</exception>
    public long EstimateMessage(Message message)
    {
        Tipset head = node.Chain.Head;
        MachineContext context = node.Chain.ContextAfter(head) with
        {
            Epoch = new(head.Epoch.Value + 1),
            Timestamp = ulong.Max(head.Timestamp + 1, node.Producer.Now),
            BaseFee = node.Chain.NextBaseFee,
        };
        ApplyResult first = Run(message with { GasLimit = (ulong)GasMax }, context, head);
        ThrowIfFailed(first);
        long limit = Over(first.Receipt.GasUsed);
        ApplyResult second = Run(message with { GasLimit = (ulong)limit }, context, head);
        return second.Receipt.ExitCode.IsSuccess ? limit : Search(message, context, head, limit);
    }

    /// <summary>Runs a message; a sender that may not send is let through.</summary>
    public ApplyResult Run(
        Message message,
        MachineContext context,
        Tipset seenFrom,
        IBlockstore? state = null,
        IInstructionObserver? observer = null) =>
        ExecutorThread.Run(() =>
        {
            Machine machine = node.Chain.OpenMachine(context, seenFrom, state);
            machine.Observer = observer;
            ActorState sender = default;
            bool hasId = machine.State.TryResolve(message.From, out ActorId id);
            bool exists = hasId && machine.State.TryGetActor(id, out sender);
            bool maySend = exists && MaySend(machine.Manifest, sender);
            if (!exists)
            {
                AddSender(machine, message.From, hasId ? id : machine.State.Register(message.From));
            }

            return new Executor(machine).Apply(
                message with { Nonce = maySend ? sender.Nonce : 0 },
                maySend ? ApplyKind.Explicit : ApplyKind.Implicit);
        });

    /// <summary>The message of a call.</summary>
    public static Message MessageOf(CallRequest request, long gasLimit)
    {
        Address from = (request.From ?? new(new byte[Address.EthereumLength])).ToAddress();
        if (from.Protocol != Protocol.Delegated)
        {
            throw RpcException.BadParameters($"from: expected a class 4 address, not {from}");
        }

        bool creates = request.To is null;
        return new(
            0,
            creates ? Manager : request.To!.Value.ToAddress(),
            from,
            0,
            request.Value?.ToAmount() ?? TokenAmount.Zero,
            (ulong)gasLimit,
            TokenAmount.Zero,
            TokenAmount.Zero,
            creates ? CreateExternal : InvokeContract,
            Wrap(request.Content.Span));
    }

    /// <summary>Ends a call whose message failed, with the reason in words.</summary>
    /// <exception cref="RpcException">It failed.</exception>
    public static void ThrowIfFailed(ApplyResult result)
    {
        ExitCode exit = result.Receipt.ExitCode;
        if (exit.IsSuccess)
        {
            return;
        }

        CborReader reader = new(result.Receipt.Return.Span);
        bool hasReason = reader.TryReadBytes(out ReadOnlySpan<byte> returned);
        string reason = hasReason ? $", revert reason=[{RevertReason.Of(returned)}]" : "";
        throw new RpcException(new RpcError(
            RpcError.RevertedCode,
            $"message execution failed (exit=[{ExitText.NameOf(exit)}]{reason},"
                + $" vm error=[{result.Failure?.TrimEnd()}])",
            Hex.OfBytes(hasReason ? returned : [])));
    }

    private bool MaySend(Manifest manifest, in ActorState actor) =>
        actor.Code == manifest.Account
        || actor.Code == manifest.EthereumAccount
        || (actor.Code == manifest.Placeholder && actor.Nonce == 0)
        || (node.Chain.Network.ContractsMaySend && manifest.NameOf(actor.Code) == "evm");

    private static void AddSender(Machine machine, Address sender, ActorId id) =>
        machine.State.SetActor(id, new(
            machine.Manifest.EthereumAccount,
            Cid.Of(Codec.DagCbor, [0x80]),
            0,
            TokenAmount.Zero,
            sender));

    /// <summary>Doubles the limit until it is enough, then halves what is not known.</summary>
    private long Search(Message message, MachineContext context, Tipset head, long low)
    {
        long high = low;
        while (!Succeeds(high))
        {
            if (high == GasMax)
            {
                ThrowIfFailed(Run(message with { GasLimit = (ulong)GasMax }, context, head));
            }

            (low, high) = (high, long.Min(GasMax, high * 2));
        }

        while (high - low > high / 100)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = Succeeds(middle) ? (low, middle) : (middle, high);
        }

        return Over(high);

        bool Succeeds(long limit) => Run(
            message with { GasLimit = (ulong)limit }, context, head).Receipt.ExitCode.IsSuccess;
    }

    private long Over(long gas) =>
        long.Min(GasMax, (long)((Int128)gas * OverestimatePercent / 100));

    private static byte[] Wrap(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        CborWriter writer = new(bytes.Length + 9);
        writer.WriteBytes(bytes);
        byte[] wrapped = writer.ToArray();
        writer.Dispose();
        return wrapped;
    }

    /// <summary>What a contract returned.</summary>
    internal static ReadOnlyMemory<byte> BytesOf(ReadOnlyMemory<byte> returned)
    {
        if (returned.IsEmpty)
        {
            return default;
        }

        CborReader reader = new(returned.Span);
        return reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
            ? bytes.ToArray()
            : throw new RpcException("what the call returned is no byte string");
    }
}
