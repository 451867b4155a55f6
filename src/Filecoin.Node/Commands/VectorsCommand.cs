using System.CommandLine;
using Spectre.Console;

namespace Filecoin.Node;

/// <summary><c>fvm vectors</c>: runs a tree of cases and says which differ.</summary>
internal static class VectorsCommand
{
    private const int ShownMax = 50;
    private const string Wasm = "wasm";
    private const string Native = "native";

    public static Command Create()
    {
        Argument<string[]> folders = new("DIR")
        {
            Description = "Folders or files of vectors.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Option<string> actors = new("--actors")
        {
            Description = "wasm: as the vectors say. native: then each message once more with the "
                + "built-in actors that are written in C#, version 18, charge by charge.",
            DefaultValueFactory = _ => Wasm,
        };
        _ = actors.AcceptOnlyFromAmong(Wasm, Native);
        Command command = new(
            "vectors",
            "Run all vectors in folders, several at a time, and compare.\n\n"
            + "For a difference it says which field, what was expected and what came out, and the\n"
            + "first gas charge that differs where the vector has charges.\n\n"
            + "Exit codes: 0 all as expected, 1 a case differs or cannot be run, 2 wrong usage,\n"
            + "3 no such files, 130 interrupted.")
        {
            folders.WithoutOptions(), bundles, actors,
        };
        command.SetAction(parsed =>
        {
            string[] files = Find(parsed.GetValue(folders)!);
            VectorTree tree = new(SharedOptions.Runner(
                parsed.GetValue(bundles), parsed.GetValue(actors) == Native));
            VectorReport report = Console.IsOutputRedirected
                ? tree.Run(files, () => { })
                : RunWithProgress(tree, files);
            Show(report);
            return report.Failures.Count == 0 ? FvmCommand.Success : FvmCommand.Differs;
        });
        return command;
    }

    private static VectorReport RunWithProgress(VectorTree tree, string[] files)
    {
        VectorReport? report = null;
        AnsiConsole.Progress().Start(progress =>
        {
            ProgressTask bar = progress.AddTask("vectors", maxValue: files.Length);
            report = tree.Run(files, () => bar.Increment(1));
        });
        return report!;
    }

    private static string[] Find(string[] folders)
    {
        List<string> files = [];
        foreach (string folder in folders)
        {
            if (File.Exists(folder))
            {
                files.Add(folder);
            }
            else if (Directory.Exists(folder))
            {
                files.AddRange(Directory.EnumerateFiles(
                    folder, "*.json*", SearchOption.AllDirectories));
            }
            else
            {
                throw new SequenceException($"{folder}: no such file or folder");
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files.Count > 0
            ? [.. files]
            : throw new SequenceException("no .json or .json.gz in these folders");
    }

    private static void Show(VectorReport report)
    {
        foreach (VectorFailure failure in report.Failures.Take(ShownMax))
        {
            Console.WriteLine($"{failure.File} #{failure.Index}");
            foreach (Difference difference in failure.Differences)
            {
                Console.WriteLine($"    {difference}");
            }
        }

        if (report.Failures.Count > ShownMax)
        {
            Console.WriteLine($"... and {report.Failures.Count - ShownMax} more");
        }

        foreach (((uint version, string actor), (int passed, int failed)) in report.Counts)
        {
            Console.WriteLine($"nv{version}  {actor,-18} {passed,8} exact {failed,6} differ");
        }

        foreach ((string actor, long calls) in report.NativeCalls)
        {
            Console.WriteLine($"native {actor,-18} {calls,8} calls");
        }

        if (report.NativeMessages > 0)
        {
            Console.WriteLine($"{report.NativeMessages} messages ran native actors as well");
        }

        Console.WriteLine(
            $"{report.Total} messages in {report.Files} files: "
            + $"{report.Total - report.Failures.Count} exact, {report.Failures.Count} differ");
    }
}
