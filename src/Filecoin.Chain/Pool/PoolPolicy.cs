namespace Filecoin.Chain;

/// <summary>What a pool takes, beyond what a block may hold.</summary>
/// <remarks>Spec: lotus chain/messagepool; none of it is consensus.</remarks>
public sealed record PoolPolicy
{
    /// <summary>What a node of the network takes from its own users.</summary>
    public static PoolPolicy Network { get; } = new();

    /// <summary>What a node of the network takes from strangers.</summary>
    public static PoolPolicy Strangers { get; } = new()
    {
        SenderMessagesMax = 100,
        NonceGapMax = 0,
        BaseFeeDivisor = 100,
    };

    /// <summary>What a developer's network takes: queues of any length.</summary>
    public static PoolPolicy Devnet { get; } = new()
    {
        SenderMessagesMax = 20_000,
        MessagesMax = 100_000,
    };

    /// <summary>Messages in all.</summary>
    public int MessagesMax { get; init; } = 30_000;

    /// <summary>Messages of one sender.</summary>
    public int SenderMessagesMax { get; init; } = 1_000;

    /// <summary>Nonces that may be missing before a message; null for any number.</summary>
    public ulong? NonceGapMax { get; init; }

    /// <summary>
    /// What the premium of a message is to be that takes another's place, in percent of the
    /// other's; one attoFIL more is asked for.
    /// </summary>
    public int ReplacePercent { get; init; } = 110;

    /// <summary>What a wallet offers for that unless told otherwise, in percent.</summary>
    public int ReplacePercentOffered { get; init; } = 125;

    /// <summary>
    /// A fee cap is refused below the base fee by this divisor; null if it may be any.
    /// </summary>
    public int? BaseFeeDivisor { get; init; }

    /// <summary>Epochs after which a message that waits is dropped; null for never.</summary>
    public long? ExpiryEpochs { get; init; }
}
