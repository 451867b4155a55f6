using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Multisig;

/// <summary>A wallet of several: it calls whom enough of its signers have approved.</summary>
/// <remarks>Spec: actors/multisig.</remarks>
public static partial class MultisigActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Multisig,
        [
            ActorMethod.Of<ConstructorParams>(1, nameof(Constructor), Constructor),
            ActorMethod.Of<ProposeParams, ProposeReturn>(2, nameof(Propose), Propose),
            ActorMethod.Of<TransactionParams, ApproveReturn>(3, nameof(Approve), Approve),
            ActorMethod.Of<TransactionParams>(4, nameof(Cancel), Cancel),
            ActorMethod.Of<AddSignerParams>(5, nameof(AddSigner), AddSigner),
            ActorMethod.Of<RemoveSignerParams>(6, nameof(RemoveSigner), RemoveSigner),
            ActorMethod.Of<SwapSignerParams>(7, nameof(SwapSigner), SwapSigner),
            ActorMethod.Of<ChangeThresholdParams>(
                8, nameof(ChangeNumApprovalsThreshold), ChangeNumApprovalsThreshold),
            ActorMethod.Of<LockBalanceParams>(9, nameof(LockBalance), LockBalance),
            ActorMethod.Exported<UniversalReceiverParams>(nameof(Receive), Receive),
        ])
    {
        AcceptsExported = true,
    };

    private static void Constructor(IRuntime runtime, ConstructorParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.Init);

        if (parameters.Signers.Count is 0 or > MultisigState.SignersMax)
        {
            throw Abort.IllegalArgument($"{parameters.Signers.Count} signers");
        }

        ValueList<Address> signers = Resolve(runtime, parameters.Signers);
        if (parameters.Threshold < 1 || parameters.Threshold > (ulong)signers.Count)
        {
            throw Abort.IllegalArgument(
                $"{parameters.Threshold} approvals of {signers.Count} signers");
        }

        if (parameters.UnlockDuration < 0)
        {
            throw Abort.IllegalArgument("negative unlock duration");
        }

        MultisigState state = MultisigState.Create(runtime, signers, parameters.Threshold);
        if (parameters.UnlockDuration != 0)
        {
            state.Lock(parameters.StartEpoch, parameters.UnlockDuration, runtime.ValueReceived);
        }

        runtime.CreateState(state);
    }

    /// <summary>Takes tokens of any kind, and asks nothing.</summary>
    private static void Receive(IRuntime runtime, UniversalReceiverParams parameters)
    {
        _ = parameters;
        runtime.AcceptAnyCaller();
    }

    /// <summary>Signers by id; accounts are made where nobody has an address yet.</summary>
    private static ValueList<Address> Resolve(IRuntime runtime, ValueList<Address> signers)
    {
        HashSet<ActorId> known = [];
        List<Address> resolved = [];
        foreach (Address signer in signers)
        {
            ActorId id = runtime.ResolveOrMake(signer, mustExist: true);
            if (!known.Add(id))
            {
                throw Abort.IllegalArgument($"duplicate signer {signer}");
            }

            resolved.Add(Address.FromId(id));
        }

        return [.. resolved];
    }
}
