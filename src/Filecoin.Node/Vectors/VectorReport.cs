namespace Filecoin.Node;

/// <summary>A message that did not give what it should.</summary>
public sealed record VectorFailure(
    string File, int Index, IReadOnlyList<Difference> Differences);

/// <summary>What a tree of vectors gave.</summary>
public sealed class VectorReport
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(uint Version, string Actor), (int Passed, int Failed)>
        counts = [];
    private readonly SortedDictionary<string, long> nativeCalls = [];
    private readonly List<VectorFailure> failures = [];

    /// <summary>How many files were run.</summary>
    public int Files { get; private set; }

    /// <summary>How many messages were run.</summary>
    public int Total { get; private set; }

    /// <summary>
    /// By network version and actor called: how many were exact, how many differ.
    /// </summary>
    public IReadOnlyDictionary<(uint Version, string Actor), (int Passed, int Failed)> Counts =>
        counts;

    /// <summary>How many calls ran in C# as well, by actor; empty unless asked for.</summary>
    public IReadOnlyDictionary<string, long> NativeCalls => nativeCalls;

    /// <summary>Messages in which at least one call ran in C# as well.</summary>
    public int NativeMessages { get; private set; }

    /// <summary>Messages that differ, by file and place.</summary>
    public IReadOnlyList<VectorFailure> Failures => failures;

    internal void Add(
        string file, NetworkVersion version, IReadOnlyList<StepOutcome> outcomes)
    {
        lock (gate)
        {
            Files++;
            for (int i = 0; i < outcomes.Count; i++)
            {
                Total++;
                StepOutcome outcome = outcomes[i];
                NativeMessages += outcome.NativeCalls.Count > 0 ? 1 : 0;
                foreach (string actor in outcome.NativeCalls)
                {
                    nativeCalls[actor] = nativeCalls.GetValueOrDefault(actor) + 1;
                }

                bool differs = outcome.Differences.Count > 0;
                (int passed, int failed) =
                    counts.GetValueOrDefault(((uint)version, outcome.ActorName));
                counts[((uint)version, outcome.ActorName)] =
                    (passed + (differs ? 0 : 1), failed + (differs ? 1 : 0));
                if (differs)
                {
                    failures.Add(new(file, i, outcome.Differences));
                }
            }
        }
    }

    internal void AddRefused(string file, string reason)
    {
        lock (gate)
        {
            (Files, Total) = (Files + 1, Total + 1);
            failures.Add(new(file, 0, [new("file", "a sequence", reason)]));
        }
    }

    internal void Sort() => failures.Sort((left, right) =>
        string.CompareOrdinal(left.File, right.File) is int order and not 0
            ? order
            : left.Index.CompareTo(right.Index));
}
