namespace Filecoin.Chain;

/// <summary>Why a pool does not take a message.</summary>
public enum PoolRefusal
{
    /// <summary>It takes it.</summary>
    None,

    /// <summary>More bytes than a message may have.</summary>
    TooLarge,

    /// <summary>A version other than 0.</summary>
    Version,

    /// <summary>A receiver that nobody can be.</summary>
    Receiver,

    /// <summary>A value below 0, or more than there is.</summary>
    Value,

    /// <summary>A fee cap or premium below 0.</summary>
    Fee,

    /// <summary>A premium above the fee cap.</summary>
    PremiumAboveCap,

    /// <summary>No gas, or more than a block has.</summary>
    GasLimit,

    /// <summary>Less gas than its place in a block costs.</summary>
    GasBelowInclusion,

    /// <summary>A fee cap below the least base fee.</summary>
    FeeCapBelowMinimum,

    /// <summary>A fee cap far below the base fee.</summary>
    FeeCapBelowBaseFee,

    /// <summary>Not signed by its sender.</summary>
    Signature,

    /// <summary>The sender is no actor.</summary>
    SenderUnknown,

    /// <summary>The sender is an actor that cannot send.</summary>
    SenderInvalid,

    /// <summary>A nonce that is used up.</summary>
    NonceTooLow,

    /// <summary>Too many nonces before it are missing.</summary>
    NonceGap,

    /// <summary>The pool has this very message.</summary>
    AlreadyKnown,

    /// <summary>
    /// The pool has another message with its nonce, and it pays too little to take its place.
    /// </summary>
    PremiumTooLow,

    /// <summary>The sender has too many messages that wait.</summary>
    SenderFull,

    /// <summary>Too many messages wait.</summary>
    PoolFull,

    /// <summary>The sender cannot pay for it.</summary>
    InsufficientFunds,

    /// <summary>The sender cannot pay for it beside those that wait.</summary>
    InsufficientFundsWithPending,
}

/// <summary>Whether a pool takes a message, and if not, why: a reason and a line.</summary>
/// <param name="Refusal">The reason.</param>
/// <param name="Line">The reason in words, with the numbers; empty if it is taken.</param>
public readonly record struct PoolVerdict(PoolRefusal Refusal, string Line)
{
    /// <summary>Whether it is taken.</summary>
    public bool IsAccepted => Refusal == PoolRefusal.None;

    internal static PoolVerdict Accepted => new(PoolRefusal.None, "");
}
