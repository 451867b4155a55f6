using System.Globalization;
using Filecoin.Fuzz;
using Filecoin.Fuzz.Driving;

FuzzOptions? options = FuzzOptions.Read(args);
FuzzTarget[] targets = Array.FindAll(
    TargetTable.All, row => options?.Target == "all" || options?.Target == row.Name);
Corpus? corpus = options?.Corpus is string folder ? new(folder) : Corpus.Find();
if (options is null || targets.Length == 0 || corpus is null)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    Console.Error.WriteLine(
        $"targets: {string.Join(' ', Array.ConvertAll(TargetTable.All, row => row.Name))}");
    return 2;
}

Console.WriteLine(
    "target            seconds        runs    runs/s    accepted     refused  outcomes  findings");
int findings = 0;
foreach (FuzzTarget target in targets)
{
    FuzzRun run = new(target, corpus, options.Seed, Console.Out) { Keeps = options.Keeps };
    run.Run(options.Seconds);
    findings += run.Findings;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Name,-16} {run.Seconds,8:F0} {run.Executions,11} "
        + $"{run.Executions / run.Seconds,9:F0} {run.Accepted,11} "
        + $"{run.Executions - run.Accepted,11} {run.Outcomes,9} {run.Findings,9}"));
}

return findings == 0 ? 0 : 1;
