namespace Filecoin.Vm;

/// <summary>What a machine asks the chain.</summary>
/// <remarks>
/// Spec: syscalls 18; ref-fvm fvm/src/externs/mod.rs. Answers decide about consensus: a host
/// without a chain refuses, see <see cref="NoChain"/>.
/// </remarks>
public interface IExterns
{
    /// <summary>Randomness from tickets.</summary>
    /// <param name="epoch">The epoch asked for.</param>
    /// <param name="randomness">Receives 32 bytes.</param>
    /// <returns>False when there is none: the actor gets an error.</returns>
    bool TryGetChainRandomness(ChainEpoch epoch, Span<byte> randomness);

    /// <summary>Randomness from the beacon; otherwise as from tickets.</summary>
    bool TryGetBeaconRandomness(ChainEpoch epoch, Span<byte> randomness);

    /// <summary>The CID of an epoch's tipset; false ends the message as fatal.</summary>
    bool TryGetTipsetCid(ChainEpoch epoch, out Cid tipset);

    /// <summary>Looks for a consensus fault in two block headers and an extra one.</summary>
    /// <param name="first">A header.</param>
    /// <param name="second">Another header.</param>
    /// <param name="extra">A third header, or nothing.</param>
    /// <param name="fault">The fault; null when there is none.</param>
    /// <returns>False when that cannot be found out: the actor gets an error.</returns>
    bool TryFindConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault);
}

/// <summary>A host without a chain: every question is refused.</summary>
public sealed class NoChain : IExterns
{
    /// <inheritdoc/>
    public bool TryGetChainRandomness(ChainEpoch epoch, Span<byte> randomness) => false;

    /// <inheritdoc/>
    public bool TryGetBeaconRandomness(ChainEpoch epoch, Span<byte> randomness) => false;

    /// <inheritdoc/>
    public bool TryGetTipsetCid(ChainEpoch epoch, out Cid tipset)
    {
        tipset = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryFindConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault)
    {
        fault = null;
        return false;
    }
}
