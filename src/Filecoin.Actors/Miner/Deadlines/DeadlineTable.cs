using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>The deadlines of a miner.</summary>
/// <param name="Due">A block for each.</param>
/// <remarks>
/// Spec: actors/miner-state 1.3; builtin-actors actors/miner/src/deadline_state.rs. Errors:
/// USR_ILLEGAL_ARGUMENT, there is no such deadline. USR_ILLEGAL_STATE, one cannot be read.
/// </remarks>
[CborTuple]
public sealed partial record DeadlineTable(ValueList<Cid> Due)
{
    /// <summary>Deadlines that are all the same.</summary>
    public static DeadlineTable Create(Cid deadline)
    {
        Cid[] due = new Cid[StoragePolicy.PeriodDeadlines];
        due.AsSpan().Fill(deadline);
        return new(ValueList.TakeOver(due));
    }

    /// <summary>Reads a deadline.</summary>
    public Deadline Get(IRuntime runtime, ulong index)
    {
        // Quirk: the reference's Wasm keeps the low 32 bits of an index.
        uint place = unchecked((uint)index);
        return place < Due.Count
            ? runtime.GetBlock<Deadline>(
                Due[(int)place], "deadline", ExitCode.UserIllegalState)
            : throw Abort.IllegalArgument($"invalid deadline index {place} of {Due.Count}");
    }

    /// <summary>Writes a deadline.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, there is no such deadline or it contradicts itself.
    /// </exception>
    public DeadlineTable With(IRuntime runtime, ulong index, Deadline deadline)
    {
        if (index >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalState($"invalid deadline {index}");
        }

        deadline.Require();
        Cid[] due = Due.Span.ToArray();
        due[index] = runtime.PutBlock(deadline);
        return new(ValueList.TakeOver(due));
    }

    /// <summary>Where a sector is: the first deadline and partition that have it.</summary>
    public (ulong Deadline, ulong Partition) Find(IRuntime runtime, ulong sector)
    {
        for (ulong index = 0; index < (ulong)Due.Count; index++)
        {
            StateArray<Partition> partitions =
                StateArray<Partition>.Load(runtime, Get(runtime, index).Partitions, "partitions");
            foreach ((ulong place, Partition partition) in partitions.Entries())
            {
                if (partition.Sectors.Contains(sector))
                {
                    return (index, place);
                }
            }
        }

        throw Abort.IllegalState($"sector {sector} not due at any deadline");
    }
}
