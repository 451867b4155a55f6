using System.Diagnostics.CodeAnalysis;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>The sectors of a miner by number: an AMT.</summary>
/// <remarks>
/// Spec: actors/miner-state 1.2; builtin-actors actors/miner/src/sectors.rs. Errors:
/// USR_ILLEGAL_STATE, the list cannot be had or a number is too large; or it is malformed where one
/// sector is asked for. USR_SERIALIZATION, it is malformed. USR_NOT_FOUND.
/// </remarks>
public sealed class SectorArray
{
    private readonly StateArray<SectorOnChainInfo> list;

    private SectorArray(StateArray<SectorOnChainInfo> list) => this.list = list;

    /// <summary>Opens the sectors.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="root">Their root.</param>
    /// <param name="malformed">
    /// How the actor ends if that is malformed; USR_SERIALIZATION unless given.
    /// </param>
    public static SectorArray Load(IRuntime runtime, Cid root, ExitCode? malformed = null) => new(
        StateArray<SectorOnChainInfo>.Load(runtime, root, "sectors", malformed)
            .With(ExitCode.UserSerialization));

    /// <summary>Gets a sector; false if there is none.</summary>
    public bool TryGet(ulong number, [MaybeNullWhen(false)] out SectorOnChainInfo sector) =>
        list.With(ExitCode.UserIllegalState).TryGet(number, out sector);

    /// <summary>A sector, which must be there.</summary>
    public SectorOnChainInfo Get(ulong number) =>
        TryGet(number, out SectorOnChainInfo? sector) ? sector : throw Absent(number);

    /// <summary>Sectors, all of which must be there, ascending.</summary>
    public List<SectorOnChainInfo> GetAll(BitField numbers)
    {
        List<SectorOnChainInfo> sectors = [];
        foreach (ulong number in numbers.Each())
        {
            sectors.Add(Listed(number));
        }

        return sectors;
    }

    /// <summary>The sectors that a proof covers, in its order.</summary>
    public List<SectorOnChainInfo> GetForProof(BitField proven, BitField ignored)
    {
        List<SectorOnChainInfo> sectors = [];
        foreach (ulong number in NumbersForProof(proven, ignored))
        {
            sectors.Add(Listed(number));
        }

        return sectors;
    }

    /// <summary>
    /// Numbers of the sectors that a proof covers: for those that are ignored, the first that is
    /// not stands in. None if all are ignored.
    /// </summary>
    public static IEnumerable<ulong> NumbersForProof(BitField proven, BitField ignored)
    {
        if (proven.Except(ignored).First is ulong standIn)
        {
            foreach (ulong number in proven.Each())
            {
                yield return ignored.Contains(number) ? standIn : number;
            }
        }
    }

    /// <summary>Sets sectors.</summary>
    public void Set(IReadOnlyList<SectorOnChainInfo> sectors)
    {
        foreach (SectorOnChainInfo sector in sectors)
        {
            if (sector.SectorNumber > StoragePolicy.SectorNumberMax)
            {
                throw Abort.IllegalState($"sector number {sector.SectorNumber} out of range");
            }

            list.Set(sector.SectorNumber, sector);
        }
    }

    /// <summary>Deletes sectors, all of which must be there.</summary>
    public void Delete(BitField numbers)
    {
        foreach (ulong number in numbers.Each())
        {
            if (!list.Delete(number, out _))
            {
                throw Abort.NotFound($"sector not found: {number}");
            }
        }
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => list.Flush();

    /// <summary>A sector of several.</summary>
    private SectorOnChainInfo Listed(ulong number) =>
        list.TryGet(number, out SectorOnChainInfo? sector) ? sector : throw Absent(number);

    private static ActorAbortException Absent(ulong number) =>
        Abort.NotFound($"sector {number} not found");

    /// <summary>Those of some sectors that are named, all of which must be among them.</summary>
    public static List<SectorOnChainInfo> Select(
        IReadOnlyList<SectorOnChainInfo> sectors, BitField numbers)
    {
        List<SectorOnChainInfo> selected = [];
        BitField missing = numbers;
        foreach (SectorOnChainInfo sector in sectors)
        {
            if (missing.Contains(sector.SectorNumber))
            {
                missing = missing.Without(sector.SectorNumber);
                selected.Add(sector);
            }
        }

        return missing.IsEmpty
            ? selected
            : throw Abort.IllegalState($"failed to find {missing.Count} expected sectors");
    }
}
