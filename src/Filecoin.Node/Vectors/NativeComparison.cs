using Filecoin.ActorRuntime;
using Filecoin.Actors;

namespace Filecoin.Node;

/// <summary>Holds messages run with native actors against the same run as Wasm.</summary>
/// <remarks>
/// The native run follows the Wasm's charges and takes from them what instructions cost, so that
/// nothing at all may differ: gas used, receipt, events, settlement, the state's root.
/// </remarks>
internal static class NativeComparison
{
    /// <summary>
    /// Code CIDs of a sequence's actors with the actors in C# that do the same; null where its
    /// actors are of another version.
    /// </summary>
    public static NativeActors? ActorsFor(
        MessageSequence sequence,
        IBlockstore store,
        IReadOnlyList<BuiltinActor> written,
        ExecutionEstimate? estimate = null)
    {
        ProtocolLine line = NetworkConfig.For(sequence.NetworkVersion).Line;
        Cid list = Manifest.FindCid(StateTree.Load(store, sequence.StateRoot, line), store);
        bool isKnown = OfficialBundles.TryFind(
            BundleManifest.CidOf(list), out int version, out string network);
        return isKnown && version == BuiltinActors.Version
            ? ActorsOf(Manifest.Load(store, list, line), network, written, estimate)
            : null;
    }

    /// <summary>Runs a message again and adds what differs.</summary>
    /// <param name="wasm">What it gave as Wasm, traced.</param>
    /// <param name="actors">The native actors.</param>
    /// <param name="open">Makes the machine for it.</param>
    public static StepOutcome Compare(
        StepOutcome wasm, NativeActors actors, Func<ChargeScript, Machine> open)
    {
        ExecutionTrace? expected = wasm.Result!.Trace;
        ChargeScript script = new(expected?.Charges ?? []);
        Machine machine = open(script);
        SequenceStep step = wasm.Step;
        List<Difference> differences = [.. wasm.Differences];
        List<string> calls = [];
        try
        {
            ApplyResult result =
                new Executor(machine).Apply(step.Message, step.Kind, step.SizeBytes);
            AddDifferences(wasm, result, machine.State.Flush(), script, differences);
            AddNativeCalls(result.Trace?.Root, actors, machine.Manifest, calls);
        }
        catch (MessageRefusedException refusal)
        {
            differences.Add(new("native", "a receipt", refusal.Message));
        }

        return wasm with
        {
            Differences = differences,
            NativeCalls = calls,
            Samples = script.Samples,
        };
    }

    private static NativeActors ActorsOf(
        Manifest manifest,
        string network,
        IReadOnlyList<BuiltinActor> written,
        ExecutionEstimate? estimate)
    {
        Policy policy =
            network == BundleStore.Mainnet ? Policy.Mainnet : Policy.Calibration;
        NativeActors actors = new() { Estimate = estimate };
        foreach (BuiltinActor actor in written)
        {
            if (manifest.TryGetCode((int)actor.Type, out Cid code))
            {
                actors.Add(code, actor, policy);
            }
        }

        return actors;
    }

    private static void AddDifferences(
        StepOutcome wasm,
        ApplyResult native,
        Cid stateRoot,
        ChargeScript script,
        List<Difference> differences)
    {
        if (script.Difference is string difference)
        {
            differences.Add(new("native charges", "those of Wasm", difference));
        }

        ApplyResult result = wasm.Result!;
        Check("exit code", $"{result.Receipt.ExitCode}", $"{native.Receipt.ExitCode}");
        Check("return", ReturnOf(result), ReturnOf(native));
        Check("gas used", $"{result.Receipt.GasUsed}", $"{native.Receipt.GasUsed}");
        Check(
            "events",
            OutcomeComparison.Describe(result.Events),
            OutcomeComparison.Describe(native.Events));
        Check("state root", wasm.StateRoot.ToString(), stateRoot.ToString());
        (string Name, string Value)[] actual = OutcomeComparison.Settlement(native.Gas);
        foreach ((string name, string value) in OutcomeComparison.Settlement(result.Gas))
        {
            Check(name, value, Array.Find(actual, row => row.Name == name).Value);
        }

        void Check(string field, string wanted, string found)
        {
            if (wanted != found)
            {
                differences.Add(new($"native {field}", wanted, found));
            }
        }
    }

    private static string ReturnOf(ApplyResult result) =>
        $"{result.ReturnCodec ?? 0} {OutcomeComparison.Hex(result.Receipt.Return.Span)}";

    /// <summary>
    /// Calls of native actors; constructors that the machine runs for new accounts are not traced.
    /// </summary>
    private static void AddNativeCalls(
        CallTrace? call, NativeActors actors, Manifest manifest, List<string> target)
    {
        if (call is null)
        {
            return;
        }

        bool hasRun = call.Method != MethodNumber.Send && call.Error == ErrorNumber.None;
        if (hasRun && call.Code.IsDefined && actors.Has(call.Code))
        {
            target.Add(manifest.NameOf(call.Code)!);
        }

        foreach (CallTrace inner in call.Calls)
        {
            AddNativeCalls(inner, actors, manifest, target);
        }
    }
}
