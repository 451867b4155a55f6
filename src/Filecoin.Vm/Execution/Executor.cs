namespace Filecoin.Vm;

/// <summary>Applies messages to a machine, one after the other.</summary>
/// <remarks>
/// Spec: message-execution 4 and 5; ref-fvm fvm/src/executor/default.rs. Every message sees the
/// state that the one before has left; <see cref="Flush"/> writes it.
/// </remarks>
public sealed class Executor(Machine machine)
{
    /// <summary>Bytes of a secp256k1 signature and what stores it beside the message.</summary>
    private const int StoredSignatureBytes = 69;

    /// <summary>The machine whose state changes.</summary>
    public Machine Machine => machine;

    /// <summary>Applies a message of the chain, or one of the protocol itself.</summary>
    /// <param name="message">The message; its signature has been checked.</param>
    /// <param name="kind">Which of the two it is.</param>
    /// <param name="sizeBytes">
    /// Its length as the chain stores it, with its signature unless that is BLS. Null to
    /// reckon it: a signature is counted for a sender that is an f1 address.
    /// </param>
    /// <exception cref="MessageRefusedException">It gives no receipt.</exception>
    public ApplyResult Apply(
        Message message, ApplyKind kind = ApplyKind.Explicit, int? sizeBytes = null) =>
        ExecutorThread.Run(() => ApplyHere(message, kind, sizeBytes ?? StoredSize(message)));

    /// <summary>Writes the state to the store and gives its root.</summary>
    public Cid Flush() => machine.Flush();

    private static int StoredSize(Message message)
    {
        int signature = message.From.Protocol == Protocol.Secp256k1 ? StoredSignatureBytes : 0;
        return Cbor.Encode(message).Length + signature;
    }

    private ApplyResult ApplyHere(Message message, ApplyKind kind, int sizeBytes)
    {
        Preflight preflight = Preflight.Check(machine, message, kind, sizeBytes);
        if (preflight.Refusal is ApplyResult refusal)
        {
            return refusal;
        }

        CallManager calls = new(machine, message, preflight.Sender, EffectivePremium(message));
        if (!calls.Gas.TryCharge(preflight.Inclusion))
        {
            throw new MessageRefusedException("inclusion cost above the gas limit");
        }

        Outcome outcome = Run(calls, message, preflight.Sender);
        machine.Context.Script?.Finish(calls.Gas);
        long gasUsed = outcome.IsFatal
            ? (long)message.GasLimit
            : long.Max(0, calls.Gas.Used.RoundUp());
        GasOutputs fees = GasOutputs.None;
        if (kind == ApplyKind.Explicit)
        {
            fees = FeeSettlement.Compute(
                gasUsed,
                message.GasLimit,
                machine.Context.BaseFee,
                message.GasFeeCap,
                message.GasPremium);
            Settle(preflight.Sender, fees);
        }

        bool hasFailed = !outcome.ExitCode.IsSuccess && calls.Backtrace.Frames.Count > 0;
        Cid? events = calls.Events.Root(
            out IReadOnlyList<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks);
        return new()
        {
            Receipt = new(
                outcome.ExitCode, outcome.Value?.Data ?? default, gasUsed, events),
            ReturnCodec = outcome.Value?.Codec,
            Gas = fees,
            Events = calls.Events.Events,
            EventBlocks = blocks,
            Failure = outcome.Reason ?? (hasFailed ? calls.Backtrace.ToString() : null),
            Trace = calls.Trace?.Finish(),
        };
    }

    private readonly record struct Outcome(
        ExitCode ExitCode, Block? Value, bool IsFatal, string? Reason);

    /// <summary>The one place where fatal failures end.</summary>
    private Outcome Run(CallManager calls, Message message, ActorId sender)
    {
        try
        {
            CallResult result = calls.CallInLayer(
                new()
                {
                    From = sender,
                    To = message.To,
                    Method = message.Method,
                    Parameters = ParametersOf(message),
                    Value = message.Value,
                },
                machine.Config.Line == ProtocolLine.Shark ? ChargeReturnShark : null);
            return Classify(result);
        }
        catch (FatalException failure)
        {
            return new(ExitCode.SysAssertionFailed, null, true, failure.Message);
        }

        // Version 17 charges for what is returned once the call is over, and not for failures.
        CallResult ChargeReturnShark(CallResult result) => result.IsSuccess
            && !calls.Gas.TryCharge(
                machine.Config.Prices.OnChainReturnValue(result.Value?.Size ?? 0))
            ? CallResult.OutOfGas
            : result;
    }

    private Block? ParametersOf(Message message)
    {
        if (message.Parameters.IsEmpty)
        {
            return null;
        }

        ulong codec = machine.Config.Line == ProtocolLine.Shark
            ? Codec.DagCbor
            : message.Method == MethodNumber.Send ? Codec.Raw : Codec.Cbor;
        return new(codec, message.Parameters, []);
    }

    /// <summary>Spec: message-execution 5.1.</summary>
    private Outcome Classify(in CallResult result) => result.End switch
    {
        CallEnd.OutOfGas => new(ExitCode.SysOutOfGas, null, false, null),
        CallEnd.Refused => new(
            CodeOf(result.Error), null, false, $"cannot be called: {result.Error}"),

        // Only since version 18 does a failure return data.
        CallEnd.Exited => new(
            result.ExitCode,
            result.ExitCode.IsSuccess || machine.Config.Line != ProtocolLine.Shark
                ? result.Value
                : null,
            false,
            null),
    };

    private static ExitCode CodeOf(ErrorNumber error) => error switch
    {
        ErrorNumber.InsufficientFunds => ExitCode.SysInsufficientFunds,
        ErrorNumber.NotFound => ExitCode.SysInvalidReceiver,
        _ => ExitCode.SysAssertionFailed,
    };

    /// <summary>What the miner gets for a unit of gas, as actors see it.</summary>
    private TokenAmount EffectivePremium(Message message) => TokenAmount.Max(
        TokenAmount.Zero,
        TokenAmount.Min(message.GasPremium, message.GasFeeCap - machine.Context.BaseFee));

    private void Settle(ActorId sender, GasOutputs fees)
    {
        Credit(WellKnownActors.BurntFunds, fees.BaseFeeBurn);
        Credit(WellKnownActors.Reward, fees.MinerTip);
        Credit(WellKnownActors.BurntFunds, fees.OverEstimationBurn);
        Credit(sender, fees.Refund);
    }

    private void Credit(ActorId id, TokenAmount amount)
    {
        if (amount.IsNegative)
        {
            throw new MessageRefusedException($"cannot give {amount} attoFIL to f0{id}");
        }

        if (amount.IsZero)
        {
            return;
        }

        if (!machine.State.TryGetActor(id, out ActorState actor))
        {
            throw new MessageRefusedException($"no actor f0{id} to give {amount} attoFIL to");
        }

        machine.State.SetActor(id, actor with { Balance = actor.Balance + amount });
    }
}
