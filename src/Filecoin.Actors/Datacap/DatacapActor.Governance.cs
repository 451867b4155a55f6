using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap;

/// <content>
/// What only the governor does, or others with it: datacap goes from it and to it, and nowhere
/// else.
/// </content>
public static partial class DatacapActor
{
    private static MintReturn Mint(IRuntime runtime, MintParams parameters)
    {
        ReceiverHook hook = ChangeAndTell(
            runtime,
            (ref DatacapState state, ref ReceiverHook? made) =>
                MintFor(runtime, parameters, ref state, ref made),
            out DatacapState after);
        ReadOnlyMemory<byte> recipientData = hook.Call(runtime);

        // Quirk: what the recipient has done meanwhile does not show.
        return new(
            TokenLedger.BalanceOf(runtime, after.Token, parameters.To),
            after.Token.Supply,
            recipientData);
    }

    private static BurnReturn Destroy(IRuntime runtime, DestroyParams parameters) =>
        runtime.Transact((ref DatacapState state) =>
        {
            runtime.RequireCaller(state.Governor);
            TokenState token = state.Token;
            TokenAmount balance = TokenLedger.Burn(
                runtime, ref token, parameters.Owner, parameters.Amount);
            state.Token = token;
            return new BurnReturn(balance);
        });

    private static TransferReturn Transfer(IRuntime runtime, TransferParams parameters)
    {
        runtime.AcceptAnyCaller();
        ActorId to = RequireRecipient(runtime, parameters.To);
        TransferParams resolved = parameters with { To = Address.FromId(to) };
        Address from = Address.FromId(runtime.Caller);

        ReceiverHook hook = ChangeAndTell(
            runtime,
            (ref DatacapState state, ref ReceiverHook? made) =>
            {
                if (!state.IsGovernor(to) && !state.IsGovernor(runtime.Caller))
                {
                    throw Abort.Forbidden($"nothing may go from {from} to f0{to}");
                }

                TokenState token = state.Token;
                made = TokenLedger.Transfer(runtime, ref token, from, resolved);
                state.Token = token;
            },
            out DatacapState after);
        ReadOnlyMemory<byte> recipientData = hook.Call(runtime);

        return new(
            TokenLedger.BalanceOf(runtime, after.Token, from),
            TokenLedger.BalanceOf(runtime, after.Token, resolved.To),
            recipientData);
    }

    private static TransferFromReturn TransferFrom(
        IRuntime runtime, TransferFromParams parameters)
    {
        runtime.AcceptAnyCaller();
        ActorId to = RequireRecipient(runtime, parameters.To);
        TransferFromParams resolved = parameters with { To = Address.FromId(to) };
        Address spender = Address.FromId(runtime.Caller);

        ReceiverHook hook = ChangeAndTell(
            runtime,
            (ref DatacapState state, ref ReceiverHook? made) =>
            {
                if (!state.IsGovernor(to))
                {
                    throw Abort.Forbidden($"nothing may go from {resolved.From} to f0{to}");
                }

                TokenState token = state.Token;
                made = TokenLedger.TransferFrom(runtime, ref token, spender, resolved);
                state.Token = token;
            },
            out DatacapState after);
        ReadOnlyMemory<byte> recipientData = hook.Call(runtime);

        return new(
            TokenLedger.BalanceOf(runtime, after.Token, resolved.From),
            TokenLedger.BalanceOf(runtime, after.Token, resolved.To),
            TokenLedger.Allowance(runtime, after.Token, resolved.From, spender),
            recipientData);
    }

    /// <summary>
    /// Quirk: operators are also seen to where nothing could be minted, and theirs is the
    /// failure that is told.
    /// </summary>
    private static void MintFor(
        IRuntime runtime, MintParams parameters, ref DatacapState state, ref ReceiverHook? hook)
    {
        runtime.RequireCaller(state.Governor);
        TokenState token = state.Token;
        ActorAbortException? failure = null;
        try
        {
            hook = TokenLedger.Mint(
                runtime, ref token, state.Governor, parameters.To, parameters.Amount);
        }
        catch (ActorAbortException abort) when (!abort.IsPanic)
        {
            failure = abort;
        }

        foreach (Address spender in parameters.Operators)
        {
            TokenLedger.SetAllowance(
                runtime, ref token, new(parameters.To, spender), InfiniteAllowance);
        }

        state.Token = token;
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static ActorId RequireRecipient(IRuntime runtime, Address recipient) =>
        runtime.TryResolve(recipient, out ActorId id)
            ? id
            : throw Abort.IllegalArgument($"recipient {recipient} has no id");

    /// <summary>Changes state so that somebody is to be told, and loads it again.</summary>
    /// <remarks>
    /// Quirk: once there is something to tell, all that fails before it is told is a panic of the
    /// reference, whose library insists.
    /// </remarks>
    private static ReceiverHook ChangeAndTell(
        IRuntime runtime, TokenChange change, out DatacapState after)
    {
        ReceiverHook? hook = null;
        try
        {
            runtime.Transact((ref DatacapState state) => change(ref state, ref hook));
            after = runtime.LoadState<DatacapState>();
        }
        catch (ActorAbortException abort) when (hook is not null)
        {
            throw Abort.AssertionFailed($"the recipient was not told: {abort.Message}");
        }

        return hook!;
    }

    private delegate void TokenChange(ref DatacapState state, ref ReceiverHook? hook);
}
