namespace Filecoin.Actors.Storage;

/// <summary>Results of batches of which each is made of the successes of the one before.</summary>
/// <remarks>Spec: actors/storage-flows; builtin-actors runtime/src/util/batch_return.rs.</remarks>
public static class BatchStack
{
    /// <summary>One result for the items of the first batch.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ASSERTION_FAILED, a batch has not as many items as the one before has successes.
    /// </exception>
    public static BatchReturn Of(params ReadOnlySpan<BatchReturn> batches)
    {
        BatchReturn stacked = batches[0];
        foreach (BatchReturn next in batches[1..])
        {
            stacked = Follow(stacked, next);
        }

        return stacked;
    }

    private static BatchReturn Follow(BatchReturn first, BatchReturn next)
    {
        if (next.Size != first.SuccessCount)
        {
            throw Abort.AssertionFailed($"{next.Size} items after {first.SuccessCount} successes");
        }

        List<FailCode> failed = [.. first.FailCodes.Span];
        uint passed = 0;
        foreach (FailCode failure in next.FailCodes)
        {
            while (passed < first.FailCodes.Count
                && first.FailCodes[(int)passed].Index <= failure.Index + passed)
            {
                passed++;
            }

            failed.Add(failure with { Index = failure.Index + passed });
        }

        failed.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        return new(next.SuccessCount, [.. failed]);
    }
}
