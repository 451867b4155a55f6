using System.Diagnostics;
using Filecoin.ActorRuntime;

namespace Filecoin.Node;

/// <summary>What a message gave, and where that is not what it should have given.</summary>
/// <param name="Step">The message.</param>
/// <param name="ActorName">The built-in actor that was called; "other" if it is none.</param>
/// <param name="Result">Its outcome; null if it was refused.</param>
/// <param name="StateRoot">The state afterwards; the one before if it was refused.</param>
/// <param name="Refusal">Why it was refused; null if it was not.</param>
/// <param name="Differences">Field by field; empty if all is as it should be.</param>
/// <param name="Cost">What applying it took.</param>
public sealed record StepOutcome(
    SequenceStep Step,
    string ActorName,
    ApplyResult? Result,
    Cid StateRoot,
    string? Refusal,
    IReadOnlyList<Difference> Differences,
    ApplyCost Cost)
{
    /// <summary>
    /// Which actors ran in C# as well, once for each call; empty unless asked for.
    /// </summary>
    public IReadOnlyList<string> NativeCalls { get; init; } = [];

    /// <summary>What each of them did and what its Wasm paid; empty unless asked for.</summary>
    public IReadOnlyList<ExecutionSample> Samples { get; init; } = [];
}

/// <summary>
/// What applying one message took of this machine, from the message to its receipt: neither
/// opening the state nor writing it back is counted.
/// </summary>
/// <param name="Elapsed">Time on the clock.</param>
/// <param name="AllocatedBytes">Bytes of managed memory.</param>
public readonly record struct ApplyCost(TimeSpan Elapsed, long AllocatedBytes);

/// <summary>A field that is not what it should be.</summary>
public sealed record Difference(string Field, string Expected, string Actual)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Field}: expected {Expected}, got {Actual}";
}

/// <summary>Runs sequences: every message on a machine of its own.</summary>
public sealed class SequenceRunner(BundleStore bundles, ActorCode code)
{
    /// <summary>
    /// Actors in C# with which each message is run once more, and held against its run as Wasm:
    /// charge by charge, receipt, events and state. Null for none.
    /// </summary>
    public IReadOnlyList<BuiltinActor>? Compared { get; init; }

    /// <summary>Which messages are compared, by their run as Wasm.</summary>
    public Predicate<ApplyResult> IsCompared { get; init; } = static _ => true;

    /// <summary>
    /// Actors in C# that take the place of those in Wasm, where a sequence's are of their
    /// version; gas is then less by what instructions cost, or differs by the error of
    /// <see cref="Estimate"/>. Null for none.
    /// </summary>
    public IReadOnlyList<BuiltinActor>? Replacing { get; init; }

    /// <summary>What those pay in place of instructions; null for nothing.</summary>
    public ExecutionEstimate? Estimate { get; init; }

    /// <summary>Runs all messages in order.</summary>
    /// <param name="sequence">The messages and their state.</param>
    /// <param name="isTracing">Whether outcomes carry traces.</param>
    /// <exception cref="BundleMissingException">Its actors are not at hand.</exception>
    /// <exception cref="SequenceException">The state is missing or malformed.</exception>
    public IEnumerable<StepOutcome> Run(MessageSequence sequence, bool isTracing)
    {
        IBlockstore store = StoreOf(sequence);
        NetworkConfig config = NetworkConfig.For(sequence.NetworkVersion) with
        {
            ChainId = sequence.ChainId,
        };
        if (sequence.BatchSealsAreFree)
        {
            config = config with
            {
                Prices = config.Prices with { VerifySealInBatch = Gas.Zero },
            };
        }

        NativeActors? native = Compared is null
            ? null
            : NativeComparison.ActorsFor(sequence, store, Compared);
        NativeActors? replacing = Replacing is null
            ? null
            : NativeComparison.ActorsFor(sequence, store, Replacing, Estimate);
        RuledChain chain = new(sequence);
        RuledVerifier verifier = new(sequence.Rule);
        Cid root = sequence.StateRoot;
        for (int i = 0; i < sequence.Steps.Count; i++)
        {
            SequenceStep step = sequence.Steps[i];
            Cid before = step.StateRoot ?? root;
            StepOutcome outcome;
            try
            {
                outcome = RunStep(step, before);
            }
            catch (Exception failure) when (failure is FatalException or IpldException)
            {
                throw new SequenceException(
                    $"{sequence.Name}: message {i} cannot be run: {failure.Message}", failure);
            }

            yield return outcome;
            root = step.Advances ? outcome.StateRoot : before;
        }

        Machine Open(SequenceStep step, Cid before, NativeActors? actors, ChargeScript? script) =>
            new(
                config,
                step.ContextOn(before) with
                {
                    IsTracing = isTracing || native is not null,
                    Script = script,
                },
                store,
                code,
                chain,
                verifier,
                actors);

        StepOutcome RunStep(SequenceStep step, Cid before)
        {
            Machine machine = Open(step, before, replacing, null);
            string actor = NameOf(machine, step.Message.To);
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            ApplyCost Cost() => new(
                Stopwatch.GetElapsedTime(start),
                GC.GetAllocatedBytesForCurrentThread() - bytes);
            try
            {
                ApplyResult result =
                    new Executor(machine).Apply(step.Message, step.Kind, step.SizeBytes);
                ApplyCost cost = Cost();
                Cid after = machine.Flush();
                StepOutcome outcome = new(
                    step,
                    actor,
                    result,
                    after,
                    null,
                    OutcomeComparison.Compare(step.Expected, result, after),
                    cost);
                return native is null || !IsCompared(result) ? outcome : NativeComparison.Compare(
                    outcome, native, script => Open(step, before, native, script));
            }
            catch (MessageRefusedException refusal)
            {
                return new(
                    step,
                    actor,
                    null,
                    before,
                    refusal.Message,
                    DifferencesOf(step, refusal),
                    Cost());
            }
        }
    }

    private IBlockstore StoreOf(MessageSequence sequence)
    {
        try
        {
            return StateBundle.Layer(sequence, bundles);
        }
        catch (Exception failure) when (failure is FatalException or IpldException)
        {
            throw new SequenceException(
                $"{sequence.Name}: cannot be run: {failure.Message}", failure);
        }
    }

    private static string NameOf(Machine machine, Address receiver)
    {
        return machine.State.TryResolve(receiver, out ActorId id)
            && machine.State.TryGetActor(id, out ActorState actor)
                ? machine.Manifest.NameOf(actor.Code) ?? "other"
                : "none";
    }

    /// <summary>No vector expects a message to give no receipt at all.</summary>
    private static Difference[] DifferencesOf(
        SequenceStep step, MessageRefusedException refusal) => step.Expected is null
        ? []
        : [new("receipt", "one", $"none: {refusal.Message}")];
}
