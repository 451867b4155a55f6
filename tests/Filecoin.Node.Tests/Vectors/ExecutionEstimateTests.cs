using Filecoin.Actors;
using Filecoin.TestKit;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>What native actors pay by estimate is near what their Wasm pays.</summary>
public sealed class ExecutionEstimateTests
{
    private const string Folder = "vectors/reference/nv28/";

    private static readonly string[] Execution =
    [
        ChargeScript.Instructions, ChargeScript.Growth, "wasm_memory_init", "wasm_table_init",
        "native_exec",
    ];

    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    /// <summary>The files are of both kinds: fitted to, and not.</summary>
    [Fact]
    public void The_median_error_of_messages_is_within_a_twentieth()
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(Bundles.Has(18), SkipReason.NoBundle(18));
        ActorCode code = new(new ModuleCache(UserCache.Modules()));
        SequenceRunner wasm = new(Bundles, code);
        SequenceRunner native = new(Bundles, code)
        {
            Replacing = ExecutionEstimates.Actors,
            Estimate = ExecutionEstimates.For,
        };
        string[] files =
        [
            .. Directory.EnumerateFiles(SharedData.Path(Folder + "scenarios"), "*.json.gz")
                .Order(StringComparer.Ordinal).Where((_, i) => i % 16 == 3),
        ];

        double[] ratios = ExecutorThread.Run(() => files.SelectMany(file =>
        {
            MessageSequence sequence = SequenceReader.Read(file);
            return wasm.Run(sequence, true).Zip(native.Run(sequence, true), Ratio).ToArray();
        }).Where(double.IsFinite).Order().ToArray());

        Assert.NotEmpty(ratios);
        Assert.InRange(ratios[ratios.Length / 2], 0.95, 1.05);
    }

    [Fact]
    public void What_was_never_seen_pays_as_its_actor_does() => Assert.Equal(
        ExecutionEstimates.For(ActorRuntime.BuiltinType.Multisig, new(0)),
        ExecutionEstimates.For(ActorRuntime.BuiltinType.Multisig, new(987_654_321)));

    private static double Ratio(StepOutcome wasm, StepOutcome native) =>
        wasm.Result is null || native.Result is null
        || wasm.Result.Receipt.ExitCode == ExitCode.SysOutOfGas
        || !native.Result.Trace!.Charges.Any(charge => charge.Name == "native_exec")
            ? double.NaN
            : Paid(native.Result) / Paid(wasm.Result);

    private static double Paid(ApplyResult result) => result.Trace!.Charges
        .Where(charge => Execution.Contains(charge.Name)).Sum(charge => charge.Total.Milligas);
}
