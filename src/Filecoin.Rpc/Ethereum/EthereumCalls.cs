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
    /// <param name="request">The call.</param>
    /// <param name="tipset">The tipset.</param>
    /// <param name="overrides">What it sees in place of what is there; null for nothing.</param>
    /// <exception cref="RpcException">It failed.</exception>
    public ReadOnlyMemory<byte> Call(
        CallRequest request, Tipset tipset, CallOverrides? overrides = null)
    {
        CallPlan plan = Plan(request, tipset, overrides);
        ApplyResult result = Require(plan, Run(plan));
        return request.To is null ? default : BytesOf(result.Receipt.Return);
    }

    /// <summary>A call with all the gas there is on the state that a tipset led to.</summary>
    public CallPlan Plan(CallRequest request, Tipset tipset, CallOverrides? overrides) => Plan(
        new(MessageOf(request, GasMax), node.Chain.ContextAfter(tipset), tipset), overrides);

    /// <summary>The gas limit that a transaction needs in the next block.</summary>
    /// <exception cref="RpcException">It fails with any.</exception>
    public long Estimate(CallRequest request, CallOverrides? overrides = null) =>
        EstimateMessage(MessageOf(request, GasMax), overrides);

    /// <summary>The gas limit that a message needs in the next block.</summary>
    /// <exception cref="RpcException">It fails with any.</exception>
    public long EstimateMessage(Message message, CallOverrides? overrides = null)
    {
        CallPlan plan = Plan(new(message, NextContext(), node.Chain.Head), overrides);
        ApplyResult first = Require(plan, Run(plan.WithGas(GasMax)));
        long limit = Over(first.Receipt.GasUsed);
        return Succeeds(plan, limit) ? limit : Search(plan, limit);
    }

    /// <summary>The next block's epoch, on the state that the head led to.</summary>
    public MachineContext NextContext()
    {
        Tipset head = node.Chain.Head;
        return node.Chain.ContextAfter(head) with
        {
            Epoch = new(head.Epoch.Value + 1),
            Timestamp = ulong.Max(head.Timestamp + 1, node.Producer.Now),
            BaseFee = node.Chain.NextBaseFee,
        };
    }

    /// <summary>Runs a call.</summary>
    public ApplyResult Run(CallPlan plan, IInstructionObserver? observer = null) =>
        Run(plan.Message, plan.Context, plan.SeenFrom, plan.Blocks, observer);

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
            return Apply(machine, message);
        });

    /// <summary>Runs a call, and keeps the state that it leads to.</summary>
    /// <param name="plan">The call.</param>
    /// <param name="blocks">Where that state is kept, above the one that it begins on.</param>
    /// <param name="observer">Who looks on.</param>
    public (ApplyResult Result, Cid StateRoot) Run(
        CallPlan plan, BatchBlockstore blocks, IInstructionObserver observer) =>
        ExecutorThread.Run(() =>
        {
            Machine machine = node.Chain.OpenMachine(plan.Context, plan.SeenFrom, blocks);
            machine.Observer = observer;
            return (Apply(machine, plan.Message), new Executor(machine).Flush());
        });

    /// <summary>The state that a call begins on.</summary>
    public ActorView StateOf(CallPlan plan) =>
        new(plan.Blocks ?? node.Chain.Store.Blocks, plan.Context.StateRoot, node.Line);

    /// <summary>Applies a message; a sender that may not send is let through.</summary>
    public ApplyResult Apply(Machine machine, Message message)
    {
        ActorState sender = default;
        bool isThere = machine.State.TryResolve(message.From, out ActorId id)
            && machine.State.TryGetActor(id, out sender);
        bool maySend = isThere
            && machine.Manifest.MaySend(sender, node.Chain.Network.ContractsMaySend);
        if (!isThere)
        {
            AddSender(machine, message.From);
        }

        return new Executor(machine).Apply(
            message with { Nonce = maySend ? sender.Nonce : 0 },
            maySend ? ApplyKind.Explicit : ApplyKind.Implicit);
    }

    /// <summary>The message of a call.</summary>
    public static Message MessageOf(CallRequest request, long gasLimit)
    {
        Address from = (request.From ?? new(new byte[Address.EthereumLength])).ToAddress();
        if (from.Protocol != Protocol.Delegated)
        {
            throw RpcException.BadParameters(
                $"from: expected a class 4 address, not {from.ToTestnetString()}");
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

    private CallPlan Plan(CallPlan plan, CallOverrides? overrides)
    {
        if (overrides is null)
        {
            return plan;
        }

        MachineContext context = overrides.Block?.Over(plan.Context) ?? plan.Context;
        BatchBlockstore blocks = new(node.Chain.Store.Blocks);
        return plan with
        {
            Context = context with
            {
                StateRoot = overrides.Apply(blocks, context.StateRoot, node.Line),
            },
            Blocks = blocks,
        };
    }

    /// <summary>Ends a call that failed, with the reason in words.</summary>
    /// <exception cref="RpcException">It failed.</exception>
    private ApplyResult Require(CallPlan plan, ApplyResult result) =>
        result.Receipt.ExitCode.IsSuccess
            ? result
            : throw new CallFailures(node).Of(plan.WithGas(GasMax), result);

    private static void AddSender(Machine machine, Address sender)
    {
        ActorId id = machine.State.TryResolve(sender, out ActorId known)
            ? known
            : machine.State.Register(sender);
        machine.State.SetActor(id, new(
            machine.Manifest.EthereumAccount,
            Cid.Of(Codec.DagCbor, [0x80]),
            0,
            TokenAmount.Zero,
            sender));
    }

    private bool Succeeds(CallPlan plan, long limit) =>
        Run(plan.WithGas(limit)).Receipt.ExitCode.IsSuccess;

    /// <summary>Doubles the limit until it is enough, then halves what is not known.</summary>
    private long Search(CallPlan plan, long low)
    {
        long high = low;
        while (!Succeeds(plan, high))
        {
            if (high == GasMax)
            {
                _ = Require(plan, Run(plan.WithGas(GasMax)));
            }

            (low, high) = (high, long.Min(GasMax, high * 2));
        }

        while (high - low > high / 100)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = Succeeds(plan, middle) ? (low, middle) : (middle, high);
        }

        return Over(high);
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
