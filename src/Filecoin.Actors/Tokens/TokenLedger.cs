using System.Numerics;

namespace Filecoin.Actors.Tokens;

/// <summary>What owners and operators do with tokens, by address.</summary>
/// <remarks>
/// Spec: actors/datacap; actors-utils frc46_token/src/token/mod.rs. All of it happens while state
/// changes, so that nobody can be called: an address that has no id yet does not get one.
/// Errors: USR_ILLEGAL_ARGUMENT, an amount is negative or no multiple of the granularity, or
/// somebody is the own operator. USR_NOT_FOUND, an address has no id. USR_INSUFFICIENT_FUNDS.
/// USR_ILLEGAL_STATE. USR_SERIALIZATION, a map cannot be read or written.
/// </remarks>
public static class TokenLedger
{
    /// <summary>Atto of one token, which is the smallest part that is given here.</summary>
    public const ulong Granularity = 1_000_000_000_000_000_000;

    /// <summary>What an address has.</summary>
    public static TokenAmount BalanceOf(IRuntime runtime, in TokenState state, Address owner) =>
        runtime.TryResolve(owner, out ActorId id)
            ? state.BalanceOf(runtime.Store, id)
            : TokenAmount.Zero;

    /// <summary>What an operator may spend of an owner's tokens.</summary>
    public static TokenAmount Allowance(
        IRuntime runtime, in TokenState state, Address owner, Address spender) =>
        runtime.TryResolve(owner, out ActorId ownerId)
        && runtime.TryResolve(spender, out ActorId spenderId)
            ? state.AllowanceBetween(runtime.Store, ownerId, spenderId)
            : TokenAmount.Zero;

    /// <summary>Makes tokens.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="state">Who has what.</param>
    /// <param name="minter">Who makes them.</param>
    /// <param name="owner">Who gets them.</param>
    /// <param name="amount">How many.</param>
    public static ReceiverHook Mint(
        IRuntime runtime, ref TokenState state, Address minter, Address owner, TokenAmount amount)
    {
        RequireWhole(amount);
        ActorId minterId = RequireId(runtime, minter);
        ActorId ownerId = RequireId(runtime, owner);
        _ = state.ChangeBalance(runtime.Store, ownerId, amount);
        state.ChangeSupply(amount);
        return new(owner, new(runtime.Receiver, ownerId, minterId, amount, default, default));
    }

    /// <summary>Destroys an owner's tokens and gives what is left.</summary>
    public static TokenAmount Burn(
        IRuntime runtime, ref TokenState state, Address owner, TokenAmount amount)
    {
        RequireWhole(amount);
        ActorId ownerId = RequireId(runtime, owner);
        TokenAmount balance =
            state.ChangeBalance(runtime.Store, ownerId, TokenAmount.Zero - amount);
        state.ChangeSupply(TokenAmount.Zero - amount);
        return balance;
    }

    /// <summary>Destroys an owner's tokens by an operator.</summary>
    public static BurnFromReturn BurnFrom(
        IRuntime runtime, ref TokenState state, Address spender, BurnFromParams parameters)
    {
        TokenAmount amount = parameters.Amount;
        RequireWhole(amount);
        (ActorId spenderId, ActorId ownerId) = RequireTwo(runtime, spender, parameters.Owner);
        TokenAmount allowance =
            state.UseAllowance(runtime.Store, ownerId, spenderId, amount);
        TokenAmount balance =
            state.ChangeBalance(runtime.Store, ownerId, TokenAmount.Zero - amount);
        state.ChangeSupply(TokenAmount.Zero - amount);
        return new(balance, allowance);
    }

    /// <summary>Gives an owner's tokens to somebody else.</summary>
    public static ReceiverHook Transfer(
        IRuntime runtime, ref TokenState state, Address from, TransferParams parameters)
    {
        TokenAmount amount = parameters.Amount;
        RequireWhole(amount);
        ActorId fromId = RequireId(runtime, from);
        ActorId toId = RequireId(runtime, parameters.To);
        state.Transfer(runtime.Store, fromId, toId, amount);
        return new(
            parameters.To, new(fromId, toId, fromId, amount, parameters.OperatorData, default));
    }

    /// <summary>Gives an owner's tokens to somebody else by an operator.</summary>
    public static ReceiverHook TransferFrom(
        IRuntime runtime, ref TokenState state, Address spender, TransferFromParams parameters)
    {
        TokenAmount amount = parameters.Amount;
        RequireWhole(amount);
        (ActorId spenderId, ActorId fromId) = RequireTwo(runtime, spender, parameters.From);
        ActorId toId = RequireId(runtime, parameters.To);
        _ = state.UseAllowance(runtime.Store, fromId, spenderId, amount);
        state.Transfer(runtime.Store, fromId, toId, amount);
        return new(
            parameters.To, new(fromId, toId, spenderId, amount, parameters.OperatorData, default));
    }

    /// <summary>Lets an operator spend more, and gives how much.</summary>
    public static TokenAmount IncreaseAllowance(
        IRuntime runtime, ref TokenState state, Address owner, ChangeAllowanceParams parameters)
    {
        RequireNotNegative(parameters.Delta);
        ActorId ownerId = RequireId(runtime, owner);
        ActorId spenderId = RequireId(runtime, parameters.Operator);
        return state.ChangeAllowance(runtime.Store, ownerId, spenderId, parameters.Delta);
    }

    /// <summary>Lets an operator spend less, down to nothing, and gives how much.</summary>
    public static TokenAmount DecreaseAllowance(
        IRuntime runtime, ref TokenState state, Address owner, ChangeAllowanceParams parameters)
    {
        RequireNotNegative(parameters.Delta);
        ActorId ownerId = RequireId(runtime, owner);
        ActorId spenderId = RequireId(runtime, parameters.Operator);
        return state.ChangeAllowance(
            runtime.Store, ownerId, spenderId, TokenAmount.Zero - parameters.Delta);
    }

    /// <summary>Lets an operator spend nothing, and gives how much it was.</summary>
    public static TokenAmount RevokeAllowance(
        IRuntime runtime, ref TokenState state, Address owner, Address spender) =>
        runtime.TryResolve(owner, out ActorId ownerId)
        && runtime.TryResolve(spender, out ActorId spenderId)
            ? state.RevokeAllowance(runtime.Store, ownerId, spenderId)
            : TokenAmount.Zero;

    /// <summary>Lets an operator spend an amount that is more than 0.</summary>
    public static void SetAllowance(
        IRuntime runtime, ref TokenState state, AllowanceParams parties, TokenAmount allowance)
    {
        ActorId ownerId = RequireId(runtime, parties.Owner);
        ActorId spenderId = RequireId(runtime, parties.Operator);
        _ = state.SetAllowance(runtime.Store, ownerId, spenderId, allowance);
    }

    private static void RequireNotNegative(TokenAmount amount)
    {
        if (amount.IsNegative)
        {
            throw Abort.IllegalArgument($"{amount} is negative");
        }
    }

    private static void RequireWhole(TokenAmount amount)
    {
        RequireNotNegative(amount);
        if (!BigInteger.Remainder(amount.ToBigInteger(), Granularity).IsZero)
        {
            throw Abort.IllegalArgument($"{amount} is no multiple of {Granularity}");
        }
    }

    /// <summary>Tries twice: the reference would make an account in between, if it could.</summary>
    private static ActorId RequireId(IRuntime runtime, Address address) =>
        runtime.TryResolve(address, out ActorId id) || runtime.TryResolve(address, out id)
            ? id
            : throw Abort.NotFound($"{address} has no id");

    /// <summary>Ids of an operator and of an owner who is somebody else.</summary>
    private static (ActorId Spender, ActorId Owner) RequireTwo(
        IRuntime runtime, Address spender, Address owner)
    {
        if (AreSame(runtime, spender, owner))
        {
            throw Abort.IllegalArgument($"{spender} cannot be the own operator");
        }

        return runtime.TryResolve(spender, out ActorId spenderId)
            && runtime.TryResolve(owner, out ActorId ownerId)
            ? (spenderId, ownerId)
            : throw Abort.InsufficientFunds($"{spender} may spend nothing of {owner}");
    }

    private static bool AreSame(IRuntime runtime, Address left, Address right) =>
        left.Protocol == right.Protocol
            ? left == right
            : runtime.TryResolve(left, out ActorId leftId)
                && runtime.TryResolve(right, out ActorId rightId)
                && leftId == rightId;
}
