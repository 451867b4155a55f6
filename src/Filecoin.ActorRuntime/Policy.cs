namespace Filecoin.ActorRuntime;

/// <summary>What built-in actors take from the network that they are built for.</summary>
/// <remarks>
/// Spec: actors/common 11; builtin-actors runtime/src/runtime/policy.rs and runtime/build.rs. In
/// the reference these are features of a bundle, so that they belong to a code CID.
/// </remarks>
public sealed record Policy
{
    /// <summary>Mainnet.</summary>
    public static Policy Mainnet { get; } = new()
    {
        MinimumConsensusPower = 10UL << 40,
        MinimumAllocationBytes = 1UL << 20,
        PreCommitChallengeDelay = 150,
        SectorSizes = [32UL << 30, 64UL << 30],
    };

    /// <summary>The calibration network.</summary>
    public static Policy Calibration { get; } = Mainnet with
    {
        MinimumConsensusPower = 32UL << 30,
    };

    /// <summary>A network of one's own, with sectors of 2 KiB and 8 MiB.</summary>
    public static Policy Devnet { get; } = Mainnet with
    {
        MinimumConsensusPower = 2UL << 10,
        MinimumAllocationBytes = 256,
        PreCommitChallengeDelay = 10,
        SectorSizes = [2UL << 10, 8UL << 20],
    };

    /// <summary>Bytes of power from which a miner takes part in consensus.</summary>
    public required ulong MinimumConsensusPower { get; init; }

    /// <summary>Bytes of the smallest allocation of a verified client.</summary>
    public required ulong MinimumAllocationBytes { get; init; }

    /// <summary>Epochs between a sector's commitment and what it is asked.</summary>
    public required long PreCommitChallengeDelay { get; init; }

    /// <summary>Bytes of sectors that may be sealed.</summary>
    public required ValueList<ulong> SectorSizes { get; init; }
}
