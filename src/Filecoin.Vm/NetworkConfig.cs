using Filecoin.Wasm;

namespace Filecoin.Vm;

/// <summary>The three machines that the network has had since version 17.</summary>
/// <remarks>Spec: wasm-engine 1; ref-fvm branches release/v2, release/v3 and master.</remarks>
public enum ProtocolLine
{
    /// <summary>Network version 17.</summary>
    Shark,

    /// <summary>Network versions 18 to 20: the EVM, events, read-only calls, gas limits.</summary>
    Hygge,

    /// <summary>Network versions 21 to 28: links are tracked.</summary>
    Watermelon,
}

/// <summary>What a network version fixes for a machine.</summary>
/// <remarks>Spec: message-execution 2.1; ref-fvm fvm/src/machine/mod.rs, NetworkConfig.</remarks>
public sealed record NetworkConfig
{
    private const long Mebibyte = 1 << 20;

    /// <summary>The network version.</summary>
    public required NetworkVersion Version { get; init; }

    /// <summary>Which machine it runs on.</summary>
    public required ProtocolLine Line { get; init; }

    /// <summary>What operations cost.</summary>
    public required PriceList Prices { get; init; }

    /// <summary>How actors' code is rewritten.</summary>
    public required RewriteRules Rewriting { get; init; }

    /// <summary>The chain's number that contracts see.</summary>
    public ulong ChainId { get; init; }

    /// <summary>
    /// Whether contracts may send messages, as on a developer's network that takes them at their
    /// word; on no other network can a contract sign.
    /// </summary>
    public bool ContractsMaySend { get; init; }

    /// <summary>Frames of calls, of which the top-level one is the first.</summary>
    public int CallDepthMax { get; init; } = 1_024;

    /// <summary>Bytes of one instance's memory.</summary>
    public long InstanceMemoryBytesMax { get; init; } = 512 * Mebibyte;

    /// <summary>Bytes of all live instances' memories and tables.</summary>
    public long TotalMemoryBytesMax { get; init; } = 2_048 * Mebibyte;

    /// <summary>Bytes of a block that an actor may make.</summary>
    public uint BlockBytesMax { get; init; } = (uint)Mebibyte;

    /// <summary>The configuration of a network version, as mainnet has it.</summary>
    public static NetworkConfig For(NetworkVersion version) => LineOf(version) switch
    {
        ProtocolLine.Shark => Make(version, ProtocolLine.Shark, RewriteRules.Shark) with
        {
            // Quirk: the oldest machine compares before it counts, and has no limits on memory.
            CallDepthMax = 1_025,
            InstanceMemoryBytesMax = 4_096 * Mebibyte,
            TotalMemoryBytesMax = long.MaxValue,
            BlockBytesMax = uint.MaxValue,
        },
        ProtocolLine.Hygge => Make(version, ProtocolLine.Hygge, RewriteRules.Hygge),
        ProtocolLine.Watermelon => Make(version, ProtocolLine.Watermelon, RewriteRules.Hygge),
    };

    /// <summary>Which machine a network version runs on.</summary>
    public static ProtocolLine LineOf(NetworkVersion version) => version switch
    {
        NetworkVersion.V17 => ProtocolLine.Shark,
        NetworkVersion.V18 or NetworkVersion.V19 or NetworkVersion.V20 => ProtocolLine.Hygge,
        NetworkVersion.V21 or NetworkVersion.V22 or NetworkVersion.V23 or NetworkVersion.V24
            or NetworkVersion.V25 or NetworkVersion.V26 or NetworkVersion.V27
            or NetworkVersion.V28 => ProtocolLine.Watermelon,
    };

    private static NetworkConfig Make(
        NetworkVersion version, ProtocolLine line, RewriteRules rewriting) => new()
        {
            Version = version,
            Line = line,
            Prices = PriceList.For(version),
            Rewriting = rewriting,
        };
}
