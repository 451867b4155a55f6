using System.Diagnostics;

namespace Filecoin.Fuzz.Driving;

/// <summary>Runs one target for a time.</summary>
internal sealed class FuzzRun(FuzzTarget target, Corpus corpus, ulong seed, TextWriter report)
{
    private const int PopulationMax = 4_000;
    private const int KeptInputsMax = 32;
    private const int KeptBytesMax = 2_048;

    /// <summary>Of the processor's time, for an input that runs for ever.</summary>
    private const int HangSeconds = 30;

    /// <summary>Of the clock's, for one that waits for ever.</summary>
    private const int StandstillSeconds = 600;
    private const int PollMilliseconds = 100;

    private readonly List<byte[]> population = [];
    private readonly HashSet<string> outcomes = [];
    private readonly HashSet<string> findings = [];
    private readonly Stopwatch clock = new();
    private byte[] current = [];
    private long currentSince;
    private long currentWork;
    private int kept;

    public string Name => target.Name;

    public long Executions { get; private set; }

    public long Accepted { get; private set; }

    public int Outcomes => outcomes.Count;

    public int Findings => findings.Count;

    public double Seconds => clock.Elapsed.TotalSeconds;

    /// <summary>Keep inputs with outcomes of their own in the corpus.</summary>
    public bool Keeps { get; init; }

    /// <summary>Ends the run before its time.</summary>
    public long ExecutionsMax { get; init; } = long.MaxValue;

    /// <summary>Runs the corpus, then mutations of it until time is up.</summary>
    public void Run(int seconds)
    {
        using RunningInput running = new(target.Name);
        if (running.Left is byte[] left)
        {
            Find(left, "was running when a process died");
        }

        clock.Start();
        Thread worker = new(() => Work(seconds, running)) { IsBackground = true };
        worker.Start();
        while (!worker.Join(PollMilliseconds))
        {
            if (IsEndless())
            {
                // A thread cannot be stopped: it is left behind, and its target with it.
                Find(current, "does not end");
                break;
            }
        }

        clock.Stop();
    }

    private bool IsEndless()
    {
        long since = Interlocked.Read(ref currentSince);
        TimeSpan worked = Environment.CpuUsage.TotalTime - new TimeSpan(currentWork);
        return since != 0 && (worked.TotalSeconds > HangSeconds
            || Stopwatch.GetElapsedTime(since).TotalSeconds > StandstillSeconds);
    }

    private void Work(int seconds, RunningInput running)
    {
        IReadOnlyList<(string Name, byte[] Input)> inputs = corpus.Read(target.Name);
        kept = inputs.Count;
        foreach ((_, byte[] input) in inputs)
        {
            population.Add(input);
            Execute(input, running, isKept: true);
        }

        foreach (byte[] input in target.Seeds())
        {
            population.Add(input);
            Execute(input, running, isKept: false);
        }

        Mutator mutator = new(new(seed, target.Name), population);
        while (clock.Elapsed.TotalSeconds < seconds && Executions < ExecutionsMax)
        {
            Execute(mutator.Next(), running, isKept: false);
        }
    }

    private void Execute(byte[] input, RunningInput running, bool isKept)
    {
        running.Set(input);
        current = input;
        currentWork = Environment.CpuUsage.TotalTime.Ticks;
        _ = Interlocked.Exchange(ref currentSince, Stopwatch.GetTimestamp());
        Execution execution = Execution.Of(target, input);
        _ = Interlocked.Exchange(ref currentSince, 0);
        Executions++;
        if (execution.Finding is string finding)
        {
            Find(input, finding);
            return;
        }

        Accepted += execution.Outcome.IsAccepted ? 1 : 0;
        if (outcomes.Add(execution.Outcome.Line) && !isKept)
        {
            if (population.Count < PopulationMax)
            {
                population.Add(input);
            }

            if (Keeps && kept < KeptInputsMax && input.Length <= KeptBytesMax)
            {
                kept++;
                _ = corpus.Write(target.Name, input);
            }
        }
    }

    /// <summary>Keeps and tells the first input of each kind of finding.</summary>
    private void Find(byte[] input, string what)
    {
        if (findings.Add(Outcome.Refused(what).Line))
        {
            string name = corpus.Write(target.Name, input);
            report.WriteLine($"FINDING {target.Name} {name} ({input.Length} bytes): {what}");
        }
    }
}
