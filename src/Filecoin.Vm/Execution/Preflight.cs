namespace Filecoin.Vm;

/// <summary>What is checked before a message runs, and what its sender pays in advance.</summary>
/// <remarks>Spec: message-execution 4; ref-fvm fvm/src/executor/default.rs, preflight.</remarks>
/// <param name="Sender">The sender's id.</param>
/// <param name="Inclusion">The charge for the message's place.</param>
/// <param name="Refusal">The outcome if the message does not run; null if it does.</param>
internal readonly record struct Preflight(
    ActorId Sender, GasCharge Inclusion, ApplyResult? Refusal)
{
    /// <summary>Checks a message, and writes its sender if it passes.</summary>
    public static Preflight Check(
        Machine machine, Message message, ApplyKind kind, int sizeBytes)
    {
        TokenAmount baseFee = machine.Context.BaseFee;
        if (message.GasLimit == 0 || message.GasLimit > long.MaxValue)
        {
            throw new MessageRefusedException(
                $"gas limit {message.GasLimit} is not between 1 and 2^63-1");
        }

        GasCharge inclusion = machine.Config.Prices.OnChainMessage(sizeBytes);
        long inclusionGas = inclusion.Total.RoundUp();
        if (kind == ApplyKind.Explicit && (ulong)inclusionGas > message.GasLimit)
        {
            return Refuse(
                ExitCode.SysOutOfGas,
                baseFee * inclusionGas,
                $"gas limit {message.GasLimit} below the inclusion cost {inclusionGas}");
        }

        TokenAmount penalty = kind == ApplyKind.Explicit
            ? baseFee * (long)message.GasLimit
            : TokenAmount.Zero;
        if (!machine.State.TryResolve(message.From, out ActorId sender))
        {
            return Refuse(
                ExitCode.SysSenderInvalid, penalty, $"sender {message.From} has no actor");
        }

        return kind == ApplyKind.Implicit
            ? new(sender, PriceList.Free("none"), null)
            : CheckSender(machine, message, sender, inclusion, penalty);
    }

    private static Preflight CheckSender(
        Machine machine,
        Message message,
        ActorId sender,
        in GasCharge inclusion,
        TokenAmount penalty)
    {
        if (!machine.State.TryGetActor(sender, out ActorState actor))
        {
            return Refuse(
                ExitCode.SysSenderInvalid, penalty, $"sender f0{sender} has no actor");
        }

        Manifest manifest = machine.Manifest;
        if (!manifest.MaySend(actor, machine.Config.ContractsMaySend))
        {
            return Refuse(
                ExitCode.SysSenderInvalid, penalty, $"sender f0{sender} is not an account");
        }

        if (message.Nonce != actor.Nonce)
        {
            return Refuse(
                ExitCode.SysSenderStateInvalid,
                penalty,
                $"nonce {message.Nonce}, the sender is at {actor.Nonce}");
        }

        TokenAmount reserved = message.GasFeeCap * (long)message.GasLimit;
        if (actor.Balance < reserved)
        {
            return Refuse(
                ExitCode.SysSenderStateInvalid,
                penalty,
                $"balance {actor.Balance} below the gas reserve {reserved}");
        }

        machine.State.SetActor(sender, actor with
        {
            Code = manifest.IsFreshPlaceholder(actor) ? manifest.EthereumAccount : actor.Code,
            Nonce = actor.Nonce + 1,
            Balance = actor.Balance - reserved,
        });
        return new(sender, inclusion, null);
    }

    private static Preflight Refuse(ExitCode code, TokenAmount penalty, string reason) => new(
        default,
        default,
        new()
        {
            Receipt = new(code, default, 0, null),
            Gas = new() { MinerPenalty = penalty },
            Failure = reason,
        });
}
