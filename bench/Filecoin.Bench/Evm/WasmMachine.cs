using Filecoin.Node;
using Filecoin.TestKit;
using Filecoin.Vm;

namespace Filecoin.Bench.Evm;

/// <summary>Runs the same programs as recorded messages, on the official actors in Wasm.</summary>
internal static class WasmMachine
{
    private const string Sequence =
        "vectors/reference/nv28/evm-programs/vmPerformance-00.json.gz";

    /// <summary>More than any of them takes; three were recorded without enough.</summary>
    private const ulong GasLimit = 10_000_000_000_000;

    /// <summary>How long each took, by its name; nothing if there are no official actors.</summary>
    internal static Dictionary<string, TimeSpan> Run(LoopProgram[] programs)
    {
        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())));
        MessageSequence sequence = SequenceReader.Read(SharedData.Path(Sequence));
        sequence = sequence with
        {
            Steps = [.. sequence.Steps.Select(step => ProgramOf(step) is null ? step : step with
            {
                Message = step.Message with { GasLimit = GasLimit },
                Expected = null,
            })],
        };
        try
        {
            return ExecutorThread.Run(() => runner.Run(sequence, isTracing: false)
                .Where(outcome => ProgramOf(outcome.Step) is not null)
                .ToDictionary(outcome => ProgramOf(outcome.Step)!, ElapsedOf));
        }
        catch (BundleMissingException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return [];
        }

        string? ProgramOf(SequenceStep step) => programs.FirstOrDefault(program =>
            step.Message.Parameters.Span.EndsWith(program.Input))?.Name;
    }

    private static TimeSpan ElapsedOf(StepOutcome outcome) =>
        outcome.Result?.Receipt.ExitCode.IsSuccess == true
            ? outcome.Cost.Elapsed
            : throw new InvalidOperationException(
                $"a program ends with {outcome.Result?.Receipt.ExitCode} in Wasm");
}
