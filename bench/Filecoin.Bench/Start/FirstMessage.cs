using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Filecoin.Ipld;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Bench;

/// <summary>
/// How long a person waits for the first EVM call of a new process, from the start of the
/// command to its end: with no compiled actor at hand, and with the cache of compiled modules.
/// </summary>
internal static class FirstMessage
{
    private const int Runs = 7;

    /// <summary>The recorded calls allow themselves more than a block may take.</summary>
    private const ulong GasLimitMax = 10_000_000_000;

    internal static int Run(string[] args)
    {
        if (args.Length != 2)
        {
            return Usage.Show();
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("fvm-first-");
        try
        {
            string file = WriteFirstCall(SequenceReader.Read(args[1]), folder.FullName);
            string cache = Path.Combine(folder.FullName, "cache");
            Show("without module cache", Measure(() =>
            {
                Directory.CreateDirectory(cache).Delete(recursive: true);
                return Replay(args[0], file, cache);
            }));
            Show("with module cache", Measure(() => Replay(args[0], file, cache)));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes the state before the first successful EVM call, and that call.</summary>
    private static string WriteFirstCall(MessageSequence sequence, string folder)
    {
        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())));
        Cid before = sequence.StateRoot;
        foreach (StepOutcome outcome in runner.Run(sequence, isTracing: false))
        {
            if (outcome.ActorName == "evm"
                && outcome.Step.Message.Method != MethodNumber.Send
                && outcome.Result?.Receipt.ExitCode.IsSuccess == true)
            {
                return Write(sequence, outcome.Step, before, folder);
            }

            before = outcome.StateRoot;
        }

        throw new InvalidOperationException("no successful EVM call in the sequence");
    }

    private static string Write(
        MessageSequence sequence, SequenceStep step, Cid state, string folder)
    {
        using (FileStream car = File.Create(Path.Combine(folder, "state.car")))
        {
            CarWriter writer = new(car, state);
            ((MemoryBlockstore)sequence.Blocks).ForEach(
                (cid, block) => writer.Write(cid, block.Span));
        }

        Message message = step.Message with
        {
            GasLimit = ulong.Min(step.Message.GasLimit, GasLimitMax),
        };
        JsonObject content = new()
        {
            ["network_version"] = (uint)sequence.NetworkVersion,
            ["actors_bundle"] = $"v{sequence.ActorsVersion}",
            ["chain_id"] = sequence.ChainId,
            ["epoch"] = step.Epoch.Value,
            ["timestamp"] = step.Timestamp,
            ["base_fee"] = step.BaseFee.ToString(),
            ["car"] = "state.car",
            ["messages"] = new JsonArray(Convert.ToBase64String(Cbor.Encode(message))),
        };
        string path = Path.Combine(folder, "messages.json");
        File.WriteAllText(path, content.ToJsonString());
        return path;
    }

    private static double[] Measure(Func<double> run) =>
        [.. Enumerable.Range(0, Runs).Select(_ => run()).Order()];

    private static double Replay(string command, string file, string cache)
    {
        ProcessStartInfo start = new(command, ["replay", file, "--bundles", UserCache.Bundles()])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["XDG_CACHE_HOME"] = cache;
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(begin).TotalMilliseconds
            : throw new InvalidOperationException($"exit code {process.ExitCode}: {output}");
    }

    private static void Show(string what, double[] sorted) => Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-22} {sorted[Runs / 2],6:F0} ms ({sorted[0]:F0} to {sorted[^1]:F0})"));
}
