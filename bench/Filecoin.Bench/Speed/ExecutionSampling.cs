using System.IO.Compression;
using Filecoin.Actors;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Bench;

/// <summary>
/// Runs sequences as Wasm and with actors in C#, and takes down for each message what its Wasm's
/// instructions cost and what the actors in C# did.
/// </summary>
/// <remarks>
/// One line for a message: M, file, place, exit code, milligas in all, milligas of instructions
/// and memory. Then one for each invocation: F, actor, method, whether it is whole, milligas of
/// its instructions, and kind:units.
/// </remarks>
internal static class ExecutionSampling
{
    /// <summary>Where an actor's own kinds of work begin.</summary>
    internal const int OwnKinds = 100;

    private static readonly HashSet<string> Execution =
        [ChargeScript.Instructions, ChargeScript.Growth, "wasm_memory_init", "wasm_table_init"];

    internal static int Run(string target, string[] paths)
    {
        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())))
        {
            Compared = BuiltinActors.All,

            // What ran out of gas tells nothing, and takes long to count.
            IsCompared = result => result.Receipt.ExitCode != ExitCode.SysOutOfGas,
        };
        string[] files = FilesOf(paths);
        using StreamWriter writer = new(
            new GZipStream(File.Create(target), CompressionLevel.Fastest));
        ExecutorThread.Run(() =>
        {
            foreach (string file in files)
            {
                Write(runner, file, writer);
                Console.Error.Write('.');
            }

            return 0;
        });
        return 0;
    }

    /// <summary>Files, and those in folders, in order.</summary>
    internal static string[] FilesOf(string[] paths) =>
        [.. paths.SelectMany(Files).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.json*", SearchOption.AllDirectories);

    private static void Write(SequenceRunner runner, string file, StreamWriter writer)
    {
        MessageSequence sequence = SequenceReader.Read(file);
        string name = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}";
        Write(runner, sequence, name, writer);
        if (Path.GetFileName(file) == CalibrationPrograms.Sequence)
        {
            Write(runner, CalibrationPrograms.On(sequence), CalibrationPrograms.Name, writer);
        }
    }

    private static void Write(
        SequenceRunner runner, MessageSequence sequence, string name, StreamWriter writer)
    {
        int place = 0;
        foreach (StepOutcome outcome in runner.Run(sequence, isTracing: true))
        {
            Write($"M {name} {place++}", outcome, writer);
        }
    }

    private static void Write(string place, StepOutcome outcome, StreamWriter writer)
    {
        if (outcome.Result?.Trace is not ExecutionTrace trace)
        {
            return;
        }

        // What gas was too little for may be a charge of any size.
        long all = outcome.Result.Receipt.GasUsed * Gas.Precision;
        long execution = trace.Charges
            .Where(charge => Execution.Contains(charge.Name) && charge.Total.Milligas <= all)
            .Sum(charge => charge.Total.Milligas);
        writer.WriteLine(
            $"{place} {outcome.Result.Receipt.ExitCode.Value} {all} {execution}"
            + $" {outcome.Differences.Count}");
        foreach (ExecutionSample sample in outcome.Samples)
        {
            writer.Write($"F {sample.Type} {sample.Method} {(sample.IsWhole ? 1 : 0)}");
            writer.Write($" {sample.Paid.Milligas}");
            Write(sample.Counts, 0, writer);
            Write(sample.OwnCounts, OwnKinds, writer);
            writer.WriteLine();
        }
    }

    private static void Write(IReadOnlyList<long> counts, int first, StreamWriter writer)
    {
        for (int kind = 0; kind < counts.Count; kind++)
        {
            if (counts[kind] != 0)
            {
                writer.Write($" {first + kind}:{counts[kind]}");
            }
        }
    }
}
