namespace Filecoin.Actors.Multisig;

/// <content>What the wallet does to itself, by proposals to its own address.</content>
public static partial class MultisigActor
{
    private static void AddSigner(IRuntime runtime, AddSignerParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);
        ActorId added = runtime.ResolveOrMake(parameters.Signer, mustExist: true);

        runtime.Transact((ref MultisigState state) =>
        {
            if (state.Signers.Count >= MultisigState.SignersMax)
            {
                throw Abort.Forbidden($"there are {MultisigState.SignersMax} signers already");
            }

            if (state.IsSigner(added))
            {
                throw Abort.Forbidden($"f0{added} is a signer already");
            }

            state.Signers = [.. state.Signers, Address.FromId(added)];
            if (parameters.Increases)
            {
                state.Threshold++;
            }
        });
    }

    private static void RemoveSigner(IRuntime runtime, RemoveSignerParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);
        ActorId removed = runtime.ResolveOrMake(parameters.Signer, mustExist: false);

        runtime.Transact((ref MultisigState state) =>
        {
            state.RequireSigner(removed);
            if (state.Signers.Count == 1)
            {
                throw Abort.Forbidden("cannot remove the only signer");
            }

            ulong signersLeft = (ulong)state.Signers.Count - 1;
            if (!parameters.Decreases && signersLeft < state.Threshold)
            {
                throw Abort.IllegalArgument(
                    $"{signersLeft} signers would be below the threshold {state.Threshold}");
            }

            if (parameters.Decreases)
            {
                state.Threshold = state.Threshold >= 2
                    ? state.Threshold - 1
                    : throw Abort.IllegalArgument("it would take no approval");
            }

            state.PurgeApprovals(runtime, Address.FromId(removed));
            state.Signers = Without(state.Signers, removed);
        });
    }

    private static void SwapSigner(IRuntime runtime, SwapSignerParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);
        ActorId from = runtime.ResolveOrMake(parameters.From, mustExist: false);
        ActorId to = runtime.ResolveOrMake(parameters.To, mustExist: true);

        runtime.Transact((ref MultisigState state) =>
        {
            state.RequireSigner(from);
            if (state.IsSigner(to))
            {
                throw Abort.IllegalArgument($"f0{to} is a signer already");
            }

            state.Signers = [.. Without(state.Signers, from), Address.FromId(to)];
            state.PurgeApprovals(runtime, Address.FromId(from));
        });
    }

    private static void ChangeNumApprovalsThreshold(
        IRuntime runtime, ChangeThresholdParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);

        runtime.Transact((ref MultisigState state) =>
        {
            if (parameters.Threshold == 0 || parameters.Threshold > (ulong)state.Signers.Count)
            {
                throw Abort.IllegalArgument(
                    $"{parameters.Threshold} approvals of {state.Signers.Count} signers");
            }

            state.Threshold = parameters.Threshold;
        });
    }

    private static void LockBalance(IRuntime runtime, LockBalanceParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);

        if (parameters.UnlockDuration <= 0)
        {
            throw Abort.IllegalArgument("unlock duration must be positive");
        }

        if (parameters.Amount.IsNegative)
        {
            throw Abort.IllegalArgument("amount to lock must not be negative");
        }

        runtime.Transact((ref MultisigState state) =>
        {
            if (state.UnlockDuration != 0)
            {
                throw Abort.Forbidden("a lock cannot be changed");
            }

            state.Lock(parameters.StartEpoch, parameters.UnlockDuration, parameters.Amount);
        });
    }

    private static ValueList<Address> Without(ValueList<Address> signers, ActorId removed)
    {
        Address address = Address.FromId(removed);
        return [.. signers.Where(signer => signer != address)];
    }
}
