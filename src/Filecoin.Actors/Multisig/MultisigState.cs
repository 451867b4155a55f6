using PendingMap = Filecoin.ActorRuntime.StateMap<
    long, Filecoin.ActorRuntime.Int64Key, Filecoin.Actors.Multisig.Transaction>;

namespace Filecoin.Actors.Multisig;

/// <summary>A wallet's state.</summary>
/// <param name="Signers">Who may propose and approve, by id.</param>
/// <param name="Threshold">How many approvals it takes.</param>
/// <param name="NextTransactionId">The id that the next proposal gets.</param>
/// <param name="InitialBalance">How much was locked.</param>
/// <param name="StartEpoch">When it began to unlock.</param>
/// <param name="UnlockDuration">Epochs until all is unlocked; 0 for no lock.</param>
/// <param name="Pending">HAMT from ids to transactions that wait for approvals.</param>
/// <remarks>Spec: actors/multisig; builtin-actors actors/multisig/src/state.rs.</remarks>
[CborTuple]
public partial record struct MultisigState(
    ValueList<Address> Signers,
    ulong Threshold,
    long NextTransactionId,
    TokenAmount InitialBalance,
    ChainEpoch StartEpoch,
    long UnlockDuration,
    Cid Pending)
{
    /// <summary>How many signers there may be.</summary>
    public const int SignersMax = 256;

    private const string MapName = "pending transactions";

    /// <summary>A wallet without transactions and without a lock.</summary>
    public static MultisigState Create(
        IRuntime runtime, ValueList<Address> signers, ulong threshold) => new(
            signers,
            threshold,
            NextTransactionId: 0,
            InitialBalance: TokenAmount.Zero,
            StartEpoch: default,
            UnlockDuration: 0,
            Pending: PendingMap.StoreEmpty(runtime));

    /// <summary>Whether an actor is a signer.</summary>
    public readonly bool IsSigner(ActorId id) => Signers.Span.Contains(Address.FromId(id));

    /// <summary>Fails unless an actor is a signer.</summary>
    /// <exception cref="ActorAbortException">USR_FORBIDDEN.</exception>
    public readonly void RequireSigner(ActorId id)
    {
        if (!IsSigner(id))
        {
            throw Abort.Forbidden($"f0{id} is not a signer");
        }
    }

    /// <summary>Locks an amount, of which ever less is locked from an epoch on.</summary>
    public void Lock(ChainEpoch startEpoch, long unlockDuration, TokenAmount amount) =>
        (StartEpoch, UnlockDuration, InitialBalance) = (startEpoch, unlockDuration, amount);

    /// <summary>What is locked some epochs after the start, rounded up.</summary>
    public readonly TokenAmount LockedAfter(long elapsed)
    {
        if (elapsed >= UnlockDuration)
        {
            return TokenAmount.Zero;
        }

        return elapsed <= 0
            ? InitialBalance
            : (InitialBalance * (UnlockDuration - elapsed)).DivideCeiling(UnlockDuration);
    }

    /// <summary>Fails unless an amount can be spent.</summary>
    /// <param name="balance">The wallet's balance.</param>
    /// <param name="amount">What is spent; nothing can be spent also if too much is locked.</param>
    /// <param name="epoch">When.</param>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, it is negative. USR_INSUFFICIENT_FUNDS.
    /// </exception>
    public readonly void RequireAvailable(
        TokenAmount balance, TokenAmount amount, ChainEpoch epoch)
    {
        if (amount.IsNegative)
        {
            throw Abort.IllegalArgument($"amount to spend {amount} is negative");
        }

        if (balance < amount)
        {
            throw Abort.InsufficientFunds($"balance {balance} is less than {amount} to spend");
        }

        if (amount.IsZero)
        {
            return;
        }

        TokenAmount locked = LockedAfter(epoch.Value - StartEpoch.Value);
        if (balance - amount < locked)
        {
            throw Abort.InsufficientFunds(
                $"balance {balance} after {amount} is spent would be less than {locked} locked");
        }
    }

    /// <summary>Keeps a proposal and gives its id.</summary>
    public long Add(IRuntime runtime, Transaction transaction)
    {
        PendingMap pending = Load(runtime);
        long id = NextTransactionId++;
        pending.Set(id, transaction);
        Pending = pending.Flush();
        return id;
    }

    /// <summary>Keeps a transaction whose approvals have changed.</summary>
    public void Replace(IRuntime runtime, long id, Transaction transaction)
    {
        PendingMap pending = Load(runtime);
        pending.Set(id, transaction);
        Pending = pending.Flush();
    }

    /// <summary>Drops a transaction that is about to be executed.</summary>
    public void Remove(IRuntime runtime, long id)
    {
        PendingMap pending = Load(runtime);
        _ = pending.Delete(id, out _);
        Pending = pending.Flush();
    }

    /// <summary>A transaction that waits.</summary>
    /// <exception cref="ActorAbortException">USR_NOT_FOUND.</exception>
    public readonly Transaction Get(IRuntime runtime, long id) =>
        Load(runtime).TryGet(id, out Transaction? transaction)
            ? transaction
            : throw Abort.NotFound($"no transaction {id} to approve");

    /// <summary>Drops a transaction if it may be dropped.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="id">Its id.</param>
    /// <param name="check">Fails if it may not.</param>
    /// <exception cref="ActorAbortException">USR_NOT_FOUND, or as the check fails.</exception>
    public void Cancel(IRuntime runtime, long id, Action<Transaction> check)
    {
        PendingMap pending = Load(runtime);
        if (!pending.Delete(id, out Transaction? transaction))
        {
            throw Abort.NotFound($"no transaction {id} to cancel");
        }

        check(transaction);
        Pending = pending.Flush();
    }

    /// <summary>
    /// Takes back what a signer has approved; what nobody else has approved is dropped.
    /// </summary>
    public void PurgeApprovals(IRuntime runtime, Address signer)
    {
        PendingMap pending = Load(runtime);
        List<(long Id, Transaction Transaction)> concerned = [];
        pending.ForEach((id, transaction) =>
        {
            if (transaction.Approved.Span.Contains(signer))
            {
                concerned.Add((id, transaction));
            }
        });

        foreach ((long id, Transaction transaction) in concerned)
        {
            ValueList<Address> rest = [.. transaction.Approved.Where(other => other != signer)];
            if (rest.Count > 0)
            {
                pending.Set(id, transaction with { Approved = rest });
            }
            else
            {
                _ = pending.Delete(id, out _);
            }
        }

        Pending = pending.Flush();
    }

    private readonly PendingMap Load(IRuntime runtime) =>
        PendingMap.Load(runtime, Pending, MapName);
}
