namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>What became of a script's modules and assertions.</summary>
internal sealed class ScriptReport
{
    private readonly SortedDictionary<int, (string Reason, int NotRun)> refused = [];

    /// <summary>Assertions that were run, and held or failed.</summary>
    public int Ran { get; set; }

    public SortedDictionary<int, string> Failures { get; } = [];

    /// <summary>
    /// The script's lines of the exclusion file: how much ran, and what did not, and why.
    /// </summary>
    public IEnumerable<string> Summarize(string script)
    {
        int notRun = refused.Values.Sum(entry => entry.NotRun);
        return refused
            .Select(entry => $"{script}:{entry.Key} {entry.Value.NotRun} {entry.Value.Reason}")
            .Prepend($"{script}: {Ran} ran, {notRun} not");
    }

    public void Refuse(int line, string reason) => refused[line] = (Shorten(reason), 0);

    /// <summary>
    /// An assertion that fails for want of what a refused module would have done.
    /// </summary>
    public void Excuse(int line, string reason)
    {
        if (Failures.Remove(line))
        {
            Ran--;
            refused[line] = (reason, 1);
        }
    }

    /// <summary>An assertion cannot be run for want of the module of that line.</summary>
    public void Skip(int moduleLine)
    {
        (string reason, int notRun) = refused[moduleLine];
        refused[moduleLine] = (reason, notRun + 1);
    }

    public void Fail(int line, string what) => _ = Failures.TryAdd(line, what);

    private static string Shorten(string reason) =>
        reason.Replace("Wasm module refused: ", "", StringComparison.Ordinal).Split('\n')[0];
}
