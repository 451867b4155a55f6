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

/// <summary>Runs many files, several at a time.</summary>
public sealed class VectorTree(SequenceRunner runner)
{
    /// <summary>Runs files and reports once each is done.</summary>
    /// <remarks>
    /// A file that cannot be read or run is a failure of that file, whatever the reason; the
    /// others are run.
    /// </remarks>
    public VectorReport Run(IReadOnlyList<string> files, Action atEach)
    {
        VectorReport report = new();
        int next = -1;
        Thread[] threads = new Thread[int.Min(Environment.ProcessorCount, files.Count)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new(() => _ = ExecutorThread.Run(Work));
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        report.Sort();
        return report;

        bool Work()
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < files.Count)
            {
                RunFile(files[index], report);
                atEach();
            }

            return true;
        }
    }

    private void RunFile(string file, VectorReport report)
    {
        try
        {
            MessageSequence sequence = SequenceReader.Read(file);
            List<StepOutcome> outcomes = [.. runner.Run(sequence, isTracing: false)];
            if (outcomes.Exists(outcome => outcome.Differences.Count > 0))
            {
                // Once more with a trace, to say which charge is the first that differs.
                outcomes = [.. runner.Run(sequence, isTracing: true)];
            }

            report.Add(file, sequence.NetworkVersion, outcomes);
        }
        catch (Exception failure) when (failure is SequenceException or BundleMissingException)
        {
            report.AddRefused(file, Excerpt.OneLine(failure.Message));
        }
        catch (Exception defect)
        {
            report.AddRefused(
                file, Excerpt.OneLine($"{defect.GetType().Name}: {defect.Message}"));
        }
    }
}
