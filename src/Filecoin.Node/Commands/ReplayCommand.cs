using System.CommandLine;

namespace Filecoin.Node;

/// <summary><c>fvm replay</c>: runs the messages in files and shows what they do.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Vectors of either form, or a file of messages; gzipped or not.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> trace = new("--trace")
        {
            Description = "Show every gas charge, in its place in the call tree.",
        };
        Option<bool> gas = new("--gas") { Description = "Show what was paid for, by charge." };
        Option<bool> json = new(ClientCommand.JsonName)
        {
            Description = "One JSON object a message.",
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Command command = new(
            "replay",
            "Run messages and show their receipts and calls.\n\n"
            + "  fvm replay examples/counter/messages.json\n"
            + "  fvm replay --gas vector.json.gz\n\n"
            + "Exit codes: 0 as expected, 1 an outcome differs, 2 wrong usage, 3 bad input,\n"
            + "130 interrupted.")
        {
            files.WithoutOptions(), trace, gas, json, bundles,
        };
        command.SetAction(parsed =>
        {
            SequenceRunner runner = SharedOptions.Runner(parsed.GetValue(bundles));
            ReplayText text = new(Console.Out, parsed.GetValue(trace), parsed.GetValue(gas));
            Action<string, int, StepOutcome> show = parsed.GetValue(json)
                ? (file, index, outcome) => Console.WriteLine(ReplayJson.Of(
                    file, index, outcome, parsed.GetValue(trace)).ToJsonString())
                : (_, index, outcome) => text.Write(index, outcome);
            bool differs = false;
            foreach (string file in parsed.GetValue(files)!)
            {
                differs |= Differs(file, runner, show);
            }

            return differs ? FvmCommand.Differs : FvmCommand.Success;
        });
        return command;
    }

    /// <summary>Runs a file, and says whether an outcome of it differs.</summary>
    private static bool Differs(
        string file, SequenceRunner runner, Action<string, int, StepOutcome> show)
    {
        bool differs = false;
        int index = 0;
        foreach (StepOutcome outcome in runner.Run(SequenceReader.Read(file), isTracing: true))
        {
            differs |= outcome.Differences.Count > 0;
            show(file, index, outcome);
            index++;
        }

        return differs;
    }
}
