namespace Filecoin;

/// <summary>Ways to mine against the rules.</summary>
public enum ConsensusFaultType : uint
{
    /// <summary>Two blocks of one epoch.</summary>
    DoubleForkMining = 1,

    /// <summary>A block that leaves out an own one of its parents' tipset.</summary>
    ParentGrinding = 2,

    /// <summary>Two blocks on the same parents at different epochs.</summary>
    TimeOffsetMining = 3,
}

/// <summary>A consensus fault that was found.</summary>
/// <param name="Target">The miner.</param>
/// <param name="Epoch">When.</param>
/// <param name="Type">What.</param>
public sealed record ConsensusFault(ActorId Target, ChainEpoch Epoch, ConsensusFaultType Type);
