using Filecoin.ActorRuntime;

namespace Filecoin.Chain;

/// <summary>Opens the machine of an epoch: which actors it has is for the host to say.</summary>
/// <param name="config">The network version's rules.</param>
/// <param name="context">The epoch.</param>
/// <param name="blocks">Blocks of the state, where new ones go as well.</param>
/// <param name="externs">The chain as the epoch sees it.</param>
public delegate Machine MachineFactory(
    NetworkConfig config, MachineContext context, IBlockstore blocks, IExterns externs);

/// <summary>What a tipset's execution starts from.</summary>
public sealed record TipsetExecution
{
    /// <summary>The state that its parents' messages left.</summary>
    public required Cid StateRoot { get; init; }

    /// <summary>Its parents' epoch: those after it and before its own have no tipset.</summary>
    public required ChainEpoch ParentEpoch { get; init; }

    /// <summary>Its parents' time, in seconds since 1970.</summary>
    public required ulong ParentTimestamp { get; init; }

    /// <summary>Its own epoch.</summary>
    public required ChainEpoch Epoch { get; init; }

    /// <summary>Its time, in seconds since 1970.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>What its messages burn for a unit of gas, in attoFIL.</summary>
    public required TokenAmount BaseFee { get; init; }

    /// <summary>Its blocks in their order.</summary>
    public required IReadOnlyList<FullBlock> Blocks { get; init; }

    /// <summary>Whether results carry traces.</summary>
    public bool IsTracing { get; init; }

    /// <summary>
    /// Who looks on at each message, from 0; null for nobody at any. It gives null for nobody.
    /// </summary>
    public Func<int, IInstructionObserver?>? Observers { get; init; }

    /// <summary>Whether the states around messages that somebody looks on at are kept.</summary>
    public bool KeepsStates { get; init; }

    /// <summary>What a tipset starts from after its parents.</summary>
    public static TipsetExecution Of(
        Tipset parent, Tipset tipset, IReadOnlyList<FullBlock> blocks) => new()
        {
            StateRoot = tipset.ParentStateRoot,
            ParentEpoch = parent.Epoch,
            ParentTimestamp = parent.Timestamp,
            Epoch = tipset.Epoch,
            Timestamp = tipset.Timestamp,
            BaseFee = tipset.ParentBaseFee,
            Blocks = blocks,
        };
}

/// <summary>A message of the chain and what it gave.</summary>
/// <param name="Message">The message.</param>
/// <param name="Result">Its outcome.</param>
public readonly record struct AppliedMessage(ChainMessage Message, ApplyResult Result)
{
    /// <summary>Roots of the states before and after it; null where they were not kept.</summary>
    public (Cid Before, Cid After)? States { get; init; }
}

/// <summary>A message of the protocol itself and what it gave.</summary>
/// <param name="Epoch">When it ran: an epoch without tipset, or the tipset's.</param>
/// <param name="Message">The message.</param>
/// <param name="Result">Its outcome.</param>
public readonly record struct ImplicitMessage(
    ChainEpoch Epoch, Message Message, ApplyResult Result);

/// <summary>What the execution of a tipset leads to.</summary>
public sealed record TipsetOutcome
{
    /// <summary>Root of the state after it.</summary>
    public required Cid StateRoot { get; init; }

    /// <summary>AMT of the receipts.</summary>
    public required Cid ReceiptsRoot { get; init; }

    /// <summary>Its messages, each once, in the order of their execution.</summary>
    public required IReadOnlyList<AppliedMessage> Messages { get; init; }

    /// <summary>
    /// Rewards and cron, in order; cron of epochs at which nothing was due but the end of empty
    /// deadlines is there only if it was traced.
    /// </summary>
    public required IReadOnlyList<ImplicitMessage> Implicit { get; init; }
}

/// <summary>A tipset cannot be executed: it must not become part of a chain.</summary>
public sealed class TipsetRefusedException : Exception
{
    /// <summary>A refusal of the whole tipset.</summary>
    public TipsetRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal because of a message of it.</summary>
    public TipsetRefusedException(ChainMessage culprit, Exception cause)
        : base($"message {culprit.Cid}: {cause.Message}", cause) => Culprit = culprit;

    /// <summary>The message that cannot be part of a block; null if it is none of them.</summary>
    public ChainMessage? Culprit { get; }
}
