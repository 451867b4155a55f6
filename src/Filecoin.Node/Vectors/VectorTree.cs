namespace Filecoin.Node;

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
