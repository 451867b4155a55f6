namespace Filecoin.Chain;

/// <summary>Why blocks of another node are not taken.</summary>
public enum BlockRefusal
{
    /// <summary>They are no tipset.</summary>
    Form,

    /// <summary>The tipset before them is not known.</summary>
    ParentsUnknown,

    /// <summary>The epoch is not after the parents', or too far after it.</summary>
    Epoch,

    /// <summary>The time is before the parents', or too late.</summary>
    Timestamp,

    /// <summary>The weight of the parents is another.</summary>
    Weight,

    /// <summary>The base fee is another.</summary>
    BaseFee,

    /// <summary>Their messages are not those that the header names.</summary>
    MessageLists,

    /// <summary>A message may not be part of a block.</summary>
    Message,

    /// <summary>A signature is not the sender's.</summary>
    Signature,

    /// <summary>They cannot be executed.</summary>
    Execution,

    /// <summary>This node came to something else: see the disagreement.</summary>
    Outcome,
}

/// <summary>Blocks of another node are not taken; nothing has changed.</summary>
public sealed class BlockRefusedException : Exception
{
    /// <summary>A refusal with its reason in one line.</summary>
    public BlockRefusedException(BlockRefusal reason, string line, Exception? cause = null)
        : base(line, cause) => Reason = reason;

    /// <summary>A refusal since two nodes came to different ends.</summary>
    public BlockRefusedException(Disagreement disagreement)
        : base(disagreement.ToString()) =>
        (Reason, Disagreement) = (BlockRefusal.Outcome, disagreement);

    /// <summary>Why.</summary>
    public BlockRefusal Reason { get; }

    /// <summary>Where the nodes differ; null if that is not why.</summary>
    public Disagreement? Disagreement { get; }
}
