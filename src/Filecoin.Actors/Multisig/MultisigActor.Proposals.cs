namespace Filecoin.Actors.Multisig;

/// <content>Proposals: made, approved, executed and cancelled.</content>
public static partial class MultisigActor
{
    private const int HashBytes = 32;

    private static ProposeReturn Propose(IRuntime runtime, ProposeParams parameters)
    {
        runtime.AcceptAnyCaller();

        if (parameters.Value.IsNegative)
        {
            throw Abort.IllegalArgument($"proposed value {parameters.Value} is negative");
        }

        Transaction transaction = new(
            parameters.To, parameters.Value, parameters.Method, parameters.Parameters, []);
        long id = runtime.Transact((ref MultisigState state) =>
        {
            state.RequireSigner(runtime.Caller);
            return state.Add(runtime, transaction);
        });

        Execution execution = AddApproval(runtime, id, transaction);

        return new(id, execution.IsApplied, execution.ExitCode, execution.Return);
    }

    /// <summary>
    /// What has enough approvals already, since it takes less of them now, is executed without
    /// this one.
    /// </summary>
    private static ApproveReturn Approve(IRuntime runtime, TransactionParams parameters)
    {
        runtime.AcceptAnyCaller();

        (MultisigState state, Transaction transaction) = runtime.Transact(
            (ref MultisigState state) =>
            {
                state.RequireSigner(runtime.Caller);
                Transaction found = state.Get(runtime, parameters.Id);
                if (!parameters.ProposalHash.IsEmpty
                    && !HasHash(runtime, found, parameters.ProposalHash.Span))
                {
                    throw Abort.IllegalArgument(
                        "hash does not match the proposal, whose requester is an id");
                }

                return (state, found);
            });

        Execution execution = ExecuteIfApproved(runtime, state, parameters.Id, transaction);
        if (!execution.IsApplied)
        {
            execution = AddApproval(runtime, parameters.Id, transaction);
        }

        return new(execution.IsApplied, execution.ExitCode, execution.Return);
    }

    private static void Cancel(IRuntime runtime, TransactionParams parameters)
    {
        runtime.AcceptAnyCaller();

        runtime.Transact((ref MultisigState state) =>
        {
            state.RequireSigner(runtime.Caller);
            state.Cancel(
                runtime,
                parameters.Id,
                transaction => CheckCancel(runtime, transaction, parameters.ProposalHash.Span));
        });
    }

    /// <summary>Quirk: a wrong hash has another code than where a proposal is approved.</summary>
    private static void CheckCancel(
        IRuntime runtime, Transaction transaction, ReadOnlySpan<byte> hash)
    {
        if (transaction.Approved.Count == 0
            || transaction.Approved[0] != Address.FromId(runtime.Caller))
        {
            throw Abort.Forbidden("cannot cancel another signer's transaction");
        }

        // Quirk: the hash is computed, and paid for, also if none was given.
        if (!HasHash(runtime, transaction, hash) && !hash.IsEmpty)
        {
            throw Abort.IllegalState("hash does not match the proposal");
        }
    }

    private static Execution AddApproval(IRuntime runtime, long id, Transaction transaction)
    {
        Address caller = Address.FromId(runtime.Caller);
        if (transaction.Approved.Span.Contains(caller))
        {
            throw Abort.Forbidden($"{caller} has approved already");
        }

        Transaction approved = transaction with
        {
            Approved = [.. transaction.Approved, caller],
        };
        MultisigState state = runtime.Transact((ref MultisigState state) =>
        {
            state.Replace(runtime, id, approved);
            return state;
        });

        return ExecuteIfApproved(runtime, state, id, approved);
    }

    /// <summary>Makes the call if there are enough approvals; it may fail as it likes.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="state">The state that decides, as it was before.</param>
    /// <param name="id">The transaction's id.</param>
    /// <param name="transaction">The transaction.</param>
    private static Execution ExecuteIfApproved(
        IRuntime runtime, in MultisigState state, long id, Transaction transaction)
    {
        if ((ulong)transaction.Approved.Count < state.Threshold)
        {
            return default;
        }

        state.RequireAvailable(runtime.CurrentBalance(), transaction.Value, runtime.Epoch);

        // It is gone before the call, so that nobody executes it twice from within.
        runtime.Transact((ref MultisigState current) => current.Remove(runtime, id));

        SendResult result = runtime.Send(
            transaction.To,
            transaction.Method,
            transaction.Parameters.IsEmpty ? null : new(Codec.Cbor, transaction.Parameters),
            transaction.Value);
        return new(
            IsApplied: true,
            result.IsSuccess ? ExitCode.Ok : result.FailureCode,
            result.Value?.Data ?? default);
    }

    private static bool HasHash(
        IRuntime runtime, Transaction transaction, ReadOnlySpan<byte> expected)
    {
        ProposalHashData proposal = new(
            transaction.Approved.Count > 0 ? transaction.Approved[0] : null,
            transaction.To,
            transaction.Value,
            transaction.Method,
            transaction.Parameters);
        Span<byte> hash = stackalloc byte[HashBytes];
        _ = runtime.Hash(HashFunction.Blake2b256, Cbor.Encode(proposal), hash);
        return expected.SequenceEqual(hash);
    }

    /// <summary>What became of a transaction; nothing as long as it is not applied.</summary>
    private readonly record struct Execution(
        bool IsApplied, ExitCode ExitCode, ReadOnlyMemory<byte> Return);
}
