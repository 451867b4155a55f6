namespace Filecoin.Actors.Multisig;

/// <summary>What holds of every wallet.</summary>
public static class MultisigInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">The map cannot be read.</exception>
    /// <remarks>Spec: builtin-actors actors/multisig/src/testing.rs.</remarks>
    public static IReadOnlyList<string> Check(MultisigState state, IBlockstore store)
    {
        List<string> complaints = [.. CheckSigners(state), .. CheckLock(state)];
        Hamt<Transaction> pending = Hamt<Transaction>.Load(
            store, state.Pending, new(StateMap<long, Int64Key, Transaction>.BitWidth));
        pending.ForEach((bytes, transaction) =>
        {
            if (Int64Key.TryParse(bytes.Span, out long id))
            {
                complaints.AddRange(CheckTransaction(state, id, transaction));
            }
            else
            {
                complaints.Add($"the key {Convert.ToHexStringLower(bytes.Span)} is no id");
            }
        });
        return complaints;
    }

    private static IEnumerable<string> CheckSigners(MultisigState state)
    {
        if (state.Signers.Count is 0 or > MultisigState.SignersMax)
        {
            yield return $"there are {state.Signers.Count} signers";
        }

        if (state.Threshold == 0 || state.Threshold > (ulong)state.Signers.Count)
        {
            yield return $"it takes {state.Threshold} of {state.Signers.Count} approvals";
        }

        HashSet<Address> known = [];
        for (int i = 0; i < state.Signers.Count; i++)
        {
            Address signer = state.Signers[i];
            if (!signer.IsId)
            {
                yield return $"signer {signer} is no id";
            }

            if (!known.Add(signer))
            {
                yield return $"signer {signer} is there twice";
            }
        }
    }

    private static IEnumerable<string> CheckLock(MultisigState state)
    {
        if (state.UnlockDuration < 0)
        {
            yield return $"the lock lasts {state.UnlockDuration} epochs";
        }

        if (state.InitialBalance.IsNegative)
        {
            yield return $"the locked amount {state.InitialBalance} is negative";
        }

        if (state.UnlockDuration == 0
            && (state.StartEpoch.Value != 0 || !state.InitialBalance.IsZero))
        {
            yield return $"{state.InitialBalance} is locked from {state.StartEpoch} on for ever";
        }
    }

    private static IEnumerable<string> CheckTransaction(
        MultisigState state, long id, Transaction transaction)
    {
        if (id < 0 || id >= state.NextTransactionId)
        {
            yield return $"transaction {id} has an id that was not given";
        }

        if (transaction.Value.IsNegative)
        {
            yield return $"transaction {id} gives {transaction.Value}";
        }

        if (transaction.Approved.Count == 0)
        {
            yield return $"transaction {id} has no approval";
        }

        HashSet<Address> known = [];
        foreach (Address approver in (IEnumerable<Address>)transaction.Approved)
        {
            if (!state.Signers.Contains(approver))
            {
                yield return $"transaction {id} is approved by {approver}, who is no signer";
            }

            if (!known.Add(approver))
            {
                yield return $"transaction {id} is approved by {approver} twice";
            }
        }
    }
}
