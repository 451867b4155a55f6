using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Ipld;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Conformance.EarlierVersions;

/// <summary>A recorded message, run by the actors in C# although its own are older.</summary>
/// <param name="Difference">What is not as recorded, gas apart; null if all is.</param>
/// <param name="HasActed">Whether an actor in C# ran for it.</param>
internal sealed record EarlierVersionRun(string? Difference, bool HasActed)
{
    /// <summary>Runs a sequence of one message.</summary>
    /// <remarks>
    /// Each actor of the state is run by the one of the same name. Instructions cost nothing, so
    /// that less gas is used: what the sender pays is put right before states are compared.
    /// </remarks>
    internal static EarlierVersionRun Of(MessageSequence sequence, BundleStore bundles)
    {
        SequenceStep step = sequence.Steps.Single();
        LayeredBlockstore store = new(
            sequence.Blocks, bundles.Load(sequence.ActorsVersion!.Value).Store);
        NetworkConfig config = NetworkConfig.For(sequence.NetworkVersion);
        Machine machine = new(
            config,
            step.ContextOn(sequence.StateRoot) with { IsTracing = true },
            store,
            new ActorCode(cache: null),
            new RuledChain(sequence),
            new RuledVerifier(sequence.Rule),
            ActorsOf(store, sequence.StateRoot, config.Line));
        ApplyResult result = new Executor(machine).Apply(
            step.Message, step.Kind, step.SizeBytes);
        PayAsRecorded(machine.State, step, result);
        return new(
            DifferenceOf(step.Expected!, result, machine.Flush()),
            HasActedIn(result.Trace!.Root, machine.Manifest));
    }

    private static NativeActors ActorsOf(IBlockstore store, Cid root, ProtocolLine line)
    {
        Manifest manifest = Manifest.Load(
            store, Manifest.FindCid(StateTree.Load(store, root, line), store), line);
        NativeActors actors = new();
        foreach (BuiltinActor actor in BuiltinActors.All)
        {
            string name = OfficialActors.Version18[(int)actor.Type - 1].Name;
            foreach ((string listed, Cid code) in manifest.Entries)
            {
                if (listed == name)
                {
                    actors.Add(code, actor, Policy.Mainnet);
                }
            }
        }

        return actors;
    }

    /// <summary>Has the message's fees be those of the recorded gas.</summary>
    private static void PayAsRecorded(StateTree state, SequenceStep step, ApplyResult result)
    {
        Message message = step.Message;
        GasOutputs recorded = FeeSettlement.Compute(
            step.Expected!.GasUsed!.Value,
            message.GasLimit,
            step.BaseFee,
            message.GasFeeCap,
            message.GasPremium);
        GasOutputs paid = result.Gas;
        _ = state.TryResolve(message.From, out ActorId sender);
        Add(sender, recorded.Refund - paid.Refund);
        Add(WellKnownActors.Reward, recorded.MinerTip - paid.MinerTip);
        Add(WellKnownActors.BurntFunds, recorded.BaseFeeBurn + recorded.OverEstimationBurn
            - paid.BaseFeeBurn - paid.OverEstimationBurn);

        void Add(ActorId id, TokenAmount amount)
        {
            if (amount != TokenAmount.Zero && state.TryGetActor(id, out ActorState actor))
            {
                state.SetActor(id, actor with { Balance = actor.Balance + amount });
            }
        }
    }

    private static string? DifferenceOf(
        ExpectedOutcome expected, ApplyResult result, Cid stateRoot)
    {
        Receipt receipt = result.Receipt;
        return receipt.ExitCode.Value != expected.ExitCode
                ? $"exit code {receipt.ExitCode}, not {expected.ExitCode}: {result.Failure}"
            : !receipt.Return.Span.SequenceEqual(expected.Return) ? "another return"
            : stateRoot != expected.StateRoot ? "another state"
            : result.Events.Count > 0 ? "events, of which these network versions have none"
            : null;
    }

    private static bool HasActedIn(CallTrace? call, Manifest manifest) =>
        call is not null
        && ((call.Error == ErrorNumber.None
                && call.Method != MethodNumber.Send
                && call.Code.IsDefined
                && manifest.NameOf(call.Code) is not null)
            || call.Calls.Any(inner => HasActedIn(inner, manifest)));
}
