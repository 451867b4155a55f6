using Filecoin.Actors.Miner;

namespace Filecoin.Actors.Market;

/// <content>Escrow: paying in and taking out.</content>
public static partial class MarketActor
{
    private static readonly MethodNumber ControlAddresses = new(2);

    private static void AddBalance(IRuntime runtime, Address providerOrClient)
    {
        TokenAmount value = runtime.ValueReceived;
        if (value <= TokenAmount.Zero)
        {
            throw Abort.IllegalArgument($"balance to add must be above zero, was {value}");
        }

        runtime.AcceptAnyCaller();
        Escrow escrow = FindEscrow(runtime, providerOrClient);

        runtime.Transact((ref MarketState state) =>
            state.AddEscrow(runtime, escrow.Owner, value));
    }

    /// <summary>Takes as much as is not locked, up to what is asked for.</summary>
    private static TokenAmount WithdrawBalance(IRuntime runtime, WithdrawBalanceParams parameters)
    {
        if (parameters.Amount.IsNegative)
        {
            throw Abort.IllegalArgument($"amount {parameters.Amount} below zero");
        }

        Escrow escrow = FindEscrow(runtime, parameters.ProviderOrClient);
        runtime.RequireCaller(escrow.Approved.Span);

        TokenAmount taken = runtime.Transact((ref MarketState state) =>
            state.WithdrawEscrow(runtime, escrow.Owner, parameters.Amount));
        _ = runtime.Send(escrow.Recipient, MethodNumber.Send, null, taken).Require();
        return taken;
    }

    private static GetBalanceReturn GetBalance(IRuntime runtime, Address account)
    {
        runtime.AcceptAnyCaller();
        if (!runtime.TryResolve(account, out ActorId id))
        {
            throw Abort.IllegalArgument($"failed to resolve {account}");
        }

        return runtime.LoadState<MarketState>().BalanceOf(runtime, Address.FromId(id));
    }

    /// <summary>A miner's escrow is for its owner, whom its worker may act for.</summary>
    private static Escrow FindEscrow(IRuntime runtime, Address address)
    {
        if (!runtime.TryResolve(address, out ActorId id))
        {
            throw Abort.IllegalArgument($"failed to resolve {address}");
        }

        if (!runtime.TryGetCode(id, out Cid code))
        {
            throw Abort.IllegalArgument($"no code for {id}");
        }

        Address owner = Address.FromId(id);
        if (runtime.BuiltinTypeOf(code) != BuiltinType.Miner)
        {
            return new(owner, owner, [owner]);
        }

        GetControlAddressesReturn control = runtime
            .Send(owner, ControlAddresses, null, TokenAmount.Zero)
            .Require<GetControlAddressesReturn>();
        return new(owner, control.Owner, [control.Owner, control.Worker]);
    }

    /// <summary>Whose balance it is, who gets what is taken out, and who may take it.</summary>
    private readonly record struct Escrow(
        Address Owner, Address Recipient, ValueList<Address> Approved);
}
