using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>Makes blocks of calls on one another, and forgets them.</summary>
/// <remarks>
/// Shape: eth_simulateV1 of Ethereum's execution APIs. A block's hash and state are those of no
/// chain. Without validation gas is free and nonces are what they should be. Value that moves is
/// shown before the logs of its call, as events are not placed among calls.
/// </remarks>
internal sealed class Simulation(RpcNode node, SimulationRequest request)
{
    private const int BlocksMax = 256;
    private const int CallsMax = 5_000;
    private const int NonceTooLow = -38010;
    private const int NonceTooHigh = -38011;
    private const int FeeTooLow = -38012;
    private const int BlockFull = -38015;
    private const int NumberTooLow = -38020;
    private const int TimeTooLow = -38021;
    private const int TooManyBlocks = -38026;

    private const string Nobody = "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    private const string TransferTopic =
        "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private readonly List<SimulatedBlockView> made = [];

    private IReadOnlyList<SimulatedBlockRequest> Wanted => request.BlockStateCalls ?? [];

    /// <summary>What each block would be.</summary>
    /// <exception cref="RpcException">They cannot be made.</exception>
    public List<SimulatedBlockView> Run(Tipset tipset)
    {
        int calls = 0;
        foreach (SimulatedBlockRequest block in Wanted)
        {
            calls += block is null
                ? throw RpcException.BadParameters("a block to simulate is null")
                : block.Calls?.Count ?? 0;
        }

        if (Wanted.Count is 0 or > BlocksMax || calls > CallsMax)
        {
            throw Refused(
                TooManyBlocks, $"1 to {BlocksMax} blocks with {CallsMax} calls at most");
        }

        return ExecutorThread.Run(() => RunAll(tipset));
    }

    private List<SimulatedBlockView> RunAll(Tipset tipset)
    {
        MachineContext context = node.Chain.ContextAfter(tipset);
        IBlockstore blocks = new BatchBlockstore(node.Chain.Store.Blocks);
        string parent = Hex.OfBytes(tipset.KeyCid.Digest);
        foreach (SimulatedBlockRequest wanted in Wanted)
        {
            MachineContext next = Next(context, wanted);
            CallOverrides overrides = new(wanted.StateOverrides, null);
            next = next with
            {
                StateRoot = overrides.Apply(blocks, context.StateRoot, node.Line),
                IsTracing = true,
            };
            Machine machine = node.Chain.OpenMachine(next, tipset, blocks);
            string hash = HashOf(parent, next);
            made.Add(Make(machine, wanted, parent, hash));
            context = next with { StateRoot = machine.Flush() };
            parent = hash;
        }

        return made;
    }

    private MachineContext Next(MachineContext before, SimulatedBlockRequest wanted)
    {
        MachineContext usual = before with
        {
            Epoch = new(before.Epoch.Value + 1),
            Timestamp = before.Timestamp + node.Chain.Network.EpochSeconds,
            BaseFee = request.Validation ? node.Chain.NextBaseFee : TokenAmount.Zero,
        };
        MachineContext next = wanted.BlockOverrides?.Over(usual) ?? usual;
        return next.Epoch.Value <= before.Epoch.Value
            ? throw Refused(
                NumberTooLow, $"block {next.Epoch} is not after block {before.Epoch}")
            : next.Timestamp <= before.Timestamp
                ? throw Refused(
                    TimeTooLow, $"time {next.Timestamp} is not after {before.Timestamp}")
                : next;
    }

    private SimulatedBlockView Make(
        Machine machine, SimulatedBlockRequest wanted, string parent, string hash)
    {
        List<SimulatedCallView> calls = [];
        List<object> transactions = [];
        LogBloom bloom = new();
        long gas = 0;
        int logs = 0;
        foreach (CallRequest call in wanted.Calls ?? [])
        {
            Message message = MessageOf(
                machine, call ?? new(), node.Chain.Network.BlockGasMax - gas);
            ChainMessage chained = ChainMessage.FromBls(message);
            LogIndex.LogPlace place = new(
                Hex.Of((ulong)machine.Context.Epoch.Value),
                hash,
                Hex.OfBytes(chained.Cid.Digest),
                Hex.Of((ulong)calls.Count));
            SimulatedCallView view = Apply(machine, message, place, ref logs);
            gas += Convert.ToInt64(view.GasUsed, 16);
            calls.Add(view);
            transactions.Add(request.ReturnFullTransactions
                ? ViewOf(machine, chained, place)
                : place.TransactionHash);
            foreach (LogView log in view.Logs)
            {
                bloom.Add(log);
            }
        }

        return new(
            BlockViews.Of(new()
            {
                Hash = hash,
                ParentHash = parent,
                Bloom = bloom,
                Number = machine.Context.Epoch,
                GasLimit = node.Chain.Network.BlockGasMax,
                GasUsed = gas,
                Timestamp = machine.Context.Timestamp,
                BaseFee = machine.Context.BaseFee,
                Transactions = transactions,
            }),
            calls);
    }

    private TransactionView ViewOf(
        Machine machine, ChainMessage chained, in LogIndex.LogPlace place) =>
        TransactionViews.Of(
            chained,
            node.Chain.Network,
            new(machine.Store, machine.Context.StateRoot, node.Line)) with
        {
            BlockHash = place.BlockHash,
            BlockNumber = place.BlockNumber,
            TransactionIndex = place.TransactionIndex,
        };

    private Message MessageOf(Machine machine, CallRequest call, long gasLeft)
    {
        ulong gas = call.Gas?.ToUInt64() ?? (ulong)gasLeft;
        if (gasLeft <= 0 || gas > (ulong)gasLeft)
        {
            throw Refused(BlockFull, $"gas limit {gas} is more than {gasLeft}, what is left");
        }

        Message message = EthereumCalls.MessageOf(call, (long)gas);
        if (!request.Validation)
        {
            return message;
        }

        TokenAmount cap = (call.MaxFeePerGas ?? call.GasPrice)?.ToAmount() ?? TokenAmount.Zero;
        TokenAmount premium =
            (call.MaxPriorityFeePerGas ?? call.GasPrice)?.ToAmount() ?? TokenAmount.Zero;
        if (cap < machine.Context.BaseFee)
        {
            throw Refused(
                FeeTooLow, $"fee cap {cap} is below the base fee {machine.Context.BaseFee}");
        }

        CheckNonce(machine, message.From, call.Nonce);
        return message with { GasFeeCap = cap, GasPremium = TokenAmount.Min(cap, premium) };
    }

    private static void CheckNonce(Machine machine, Address sender, Quantity? given)
    {
        ulong nonce = machine.State.TryResolve(sender, out ActorId id)
            && machine.State.TryGetActor(id, out ActorState actor) ? actor.Nonce : 0;
        if (given is Quantity wanted && wanted.Value != nonce)
        {
            throw Refused(
                wanted.Value < nonce ? NonceTooLow : NonceTooHigh,
                $"nonce {wanted.Value}, the sender is at {nonce}");
        }
    }

    private SimulatedCallView Apply(
        Machine machine, Message message, in LogIndex.LogPlace place, ref int logs)
    {
        ApplyResult result = node.Calls.Apply(machine, message);
        if (request.Validation && result.Receipt.ExitCode == ExitCode.SysSenderStateInvalid)
        {
            throw Refused(RpcError.RejectedCode, $"insufficient funds: {result.Failure}");
        }

        ActorView state = new(machine.Store, machine.State.Flush(), node.Line);
        TracedCall? call = result.Trace is ExecutionTrace trace
            ? new CallReading(trace, state).Read(message)
            : null;
        byte[] returned = call is null ? []
            : call.Kind == TracedKind.Create && call.Exit.IsSuccess
                ? state.CodeOf(Address.FromEthereum(Convert.FromHexString(call.To.AsSpan(2))))
                    .ToArray()
                : call.Output;
        ExitCode exit = result.Receipt.ExitCode;
        return new(
            Hex.OfBytes(returned),
            LogsOf(result, call, place, state, ref logs),
            Hex.Of((ulong)result.Receipt.GasUsed),
            exit.IsSuccess ? "0x1" : "0x0",
            exit.IsSuccess ? null : ErrorOf(exit, call, returned, result.Failure));
    }

    private static RpcError ErrorOf(
        ExitCode exit, TracedCall? call, byte[] returned, string? failure)
    {
        const int VmError = -32015;
        string path = call is null ? failure ?? $"{exit}" : CallPath.Of(call);
        return exit.Value == ExitText.Reverted
            ? new(RpcError.RevertedCode, $"execution reverted: {path}", Hex.OfBytes(returned))
            : new(VmError, path);
    }

    private List<LogView> LogsOf(
        ApplyResult result,
        TracedCall? call,
        in LogIndex.LogPlace place,
        ActorView state,
        ref int number)
    {
        List<LogView> logs = [];
        if (request.TraceTransfers && call is not null)
        {
            AddTransfers(call, place, logs, ref number);
        }

        foreach (StampedEvent stamped in result.Events)
        {
            if (LogIndex.TryMake(stamped, place, state, number++) is LogView log)
            {
                logs.Add(log);
            }
        }

        return logs;
    }

    private static void AddTransfers(
        TracedCall call, in LogIndex.LogPlace place, List<LogView> logs, ref int number)
    {
        if (!call.Exit.IsSuccess)
        {
            return;
        }

        BigInteger value = call.Source.Value.ToBigInteger();
        if (!value.IsZero)
        {
            logs.Add(new(
                Nobody,
                [TransferTopic, Topic(call.From), Topic(call.To)],
                Hex.OfBytes(new Word(value).ToBytes()),
                place.BlockNumber,
                place.BlockHash,
                place.TransactionHash,
                place.TransactionIndex,
                Hex.Of((ulong)number++),
                false));
        }

        foreach (TracedCall next in call.Calls)
        {
            AddTransfers(next, place, logs, ref number);
        }
    }

    private static string Topic(string address) => "0x" + address[2..].PadLeft(64, '0');

    private static string HashOf(string parent, MachineContext block) =>
        Hex.OfBytes(Crypto.Keccak256.Hash(
        [
            .. Convert.FromHexString(parent.AsSpan(2)),
            .. block.StateRoot.Bytes,
            .. new Word((ulong)block.Epoch.Value).ToBytes(),
        ]));

    private static RpcException Refused(int code, string message) =>
        new(new RpcError(code, message));
}
