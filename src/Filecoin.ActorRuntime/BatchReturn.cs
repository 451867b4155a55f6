namespace Filecoin.ActorRuntime;

/// <summary>One item of a batch that failed.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="ExitCode">Why.</param>
[CborTuple]
public readonly partial record struct FailCode(uint Index, uint ExitCode);

/// <summary>What became of the items of a batch.</summary>
/// <param name="SuccessCount">How many did not fail.</param>
/// <param name="FailCodes">Those that failed, in order.</param>
/// <remarks>Spec: actors/common 4.1; builtin-actors runtime/src/util/batch_return.rs.</remarks>
[CborTuple]
public sealed partial record BatchReturn(uint SuccessCount, ValueList<FailCode> FailCodes)
{
    /// <summary>Whether nothing failed.</summary>
    public bool AllOk => FailCodes.Count == 0;

    /// <summary>How many items there were.</summary>
    public int Size => (int)SuccessCount + FailCodes.Count;

    /// <summary>A batch of which nothing failed.</summary>
    public static BatchReturn Ok(uint count) => new(count, []);

    /// <summary>A batch of items with these codes.</summary>
    public static BatchReturn Of(ReadOnlySpan<ExitCode> codes)
    {
        List<FailCode> failed = [];
        for (int i = 0; i < codes.Length; i++)
        {
            if (!codes[i].IsSuccess)
            {
                failed.Add(new((uint)i, codes[i].Value));
            }
        }

        return new((uint)(codes.Length - failed.Count), [.. failed]);
    }

    /// <summary>The code of each item.</summary>
    public ExitCode[] Codes()
    {
        ExitCode[] codes = new ExitCode[Size];
        foreach (FailCode failed in FailCodes)
        {
            codes[failed.Index] = new(failed.ExitCode);
        }

        return codes;
    }

    /// <summary>The items that did not fail, out of all.</summary>
    public List<T> Successes<T>(IReadOnlyList<T> items)
    {
        if (items.Count != Size)
        {
            throw Abort.AssertionFailed(
                $"{items.Count} items do not match a batch of {Size}");
        }

        List<T> successes = [];
        ExitCode[] codes = Codes();
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i].IsSuccess)
            {
                successes.Add(items[i]);
            }
        }

        return successes;
    }
}
