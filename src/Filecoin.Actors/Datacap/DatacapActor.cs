using System.Numerics;
using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap;

/// <summary>The datacap actor, f07: a token of which one is a byte of verified storage.</summary>
/// <remarks>Spec: actors/datacap.</remarks>
public static partial class DatacapActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.DataCap,
        [
            ActorMethod.Of<Address>(1, nameof(Constructor), Constructor),
            ActorMethod.Exported<MintParams, MintReturn>(nameof(Mint), Mint),
            ActorMethod.Exported<DestroyParams, BurnReturn>(nameof(Destroy), Destroy),
            ActorMethod.ExportedReturning<TokenText>(nameof(Name), Name),
            ActorMethod.ExportedReturning<TokenText>(nameof(Symbol), Symbol),
            ActorMethod.ExportedReturning<TokenGranularity>(nameof(Granularity), Granularity),
            ActorMethod.ExportedReturning<TokenAmount>(nameof(TotalSupply), TotalSupply),
            ActorMethod.Exported<Address, TokenAmount>(nameof(Balance), Balance),
            ActorMethod.Exported<TransferParams, TransferReturn>(nameof(Transfer), Transfer),
            ActorMethod.Exported<TransferFromParams, TransferFromReturn>(
                nameof(TransferFrom), TransferFrom),
            ActorMethod.Exported<ChangeAllowanceParams, TokenAmount>(
                nameof(IncreaseAllowance), IncreaseAllowance),
            ActorMethod.Exported<ChangeAllowanceParams, TokenAmount>(
                nameof(DecreaseAllowance), DecreaseAllowance),
            ActorMethod.Exported<RevokeAllowanceParams, TokenAmount>(
                nameof(RevokeAllowance), RevokeAllowance),
            ActorMethod.Exported<BurnParams, BurnReturn>(nameof(Burn), Burn),
            ActorMethod.Exported<BurnFromParams, BurnFromReturn>(nameof(BurnFrom), BurnFrom),
            ActorMethod.Exported<AllowanceParams, TokenAmount>(nameof(Allowance), Allowance),
        ]);

    /// <summary>More than there will ever be: 2^69 bytes and more.</summary>
    public static TokenAmount InfiniteAllowance { get; } =
        TokenAmount.FromAtto(TokenLedger.Granularity * BigInteger.Pow(10, 21));

    private static void Constructor(IRuntime runtime, Address governor)
    {
        runtime.RequireCaller(WellKnownActors.System);
        if (!runtime.TryResolve(governor, out _))
        {
            throw Abort.IllegalArgument($"the governor {governor} has no id");
        }

        // Quirk: kept as it was given, not by id.
        runtime.CreateState(new DatacapState(governor, TokenState.Create(runtime.Store)));
    }

    private static TokenText Name(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return new("DataCap");
    }

    private static TokenText Symbol(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return new("DCAP");
    }

    private static TokenGranularity Granularity(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return new(TokenLedger.Granularity);
    }

    private static TokenAmount TotalSupply(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<DatacapState>().Token.Supply;
    }

    private static TokenAmount Balance(IRuntime runtime, Address owner)
    {
        runtime.AcceptAnyCaller();
        return TokenLedger.BalanceOf(runtime, runtime.LoadState<DatacapState>().Token, owner);
    }

    private static TokenAmount Allowance(IRuntime runtime, AllowanceParams parameters)
    {
        runtime.AcceptAnyCaller();
        return TokenLedger.Allowance(
            runtime,
            runtime.LoadState<DatacapState>().Token,
            parameters.Owner,
            parameters.Operator);
    }

    private static TokenAmount IncreaseAllowance(
        IRuntime runtime, ChangeAllowanceParams parameters)
    {
        runtime.AcceptAnyCaller();
        return Change(runtime, (ref TokenState token) => TokenLedger.IncreaseAllowance(
            runtime, ref token, Address.FromId(runtime.Caller), parameters));
    }

    private static TokenAmount DecreaseAllowance(
        IRuntime runtime, ChangeAllowanceParams parameters)
    {
        runtime.AcceptAnyCaller();
        return Change(runtime, (ref TokenState token) => TokenLedger.DecreaseAllowance(
            runtime, ref token, Address.FromId(runtime.Caller), parameters));
    }

    private static TokenAmount RevokeAllowance(IRuntime runtime, RevokeAllowanceParams parameters)
    {
        runtime.AcceptAnyCaller();
        return Change(runtime, (ref TokenState token) => TokenLedger.RevokeAllowance(
            runtime, ref token, Address.FromId(runtime.Caller), parameters.Operator));
    }

    private static BurnReturn Burn(IRuntime runtime, BurnParams parameters)
    {
        runtime.AcceptAnyCaller();
        return new(Change(runtime, (ref TokenState token) => TokenLedger.Burn(
            runtime, ref token, Address.FromId(runtime.Caller), parameters.Amount)));
    }

    private static BurnFromReturn BurnFrom(IRuntime runtime, BurnFromParams parameters)
    {
        runtime.AcceptAnyCaller();
        return Change(runtime, (ref TokenState token) => TokenLedger.BurnFrom(
            runtime, ref token, Address.FromId(runtime.Caller), parameters));
    }

    private static TResult Change<TResult>(
        IRuntime runtime, StateChange<TokenState, TResult> change) =>
        runtime.Transact((ref DatacapState state) =>
        {
            TokenState token = state.Token;
            TResult result = change(ref token);
            state.Token = token;
            return result;
        });
}
