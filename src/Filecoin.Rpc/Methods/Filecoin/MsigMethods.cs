using Filecoin.ActorRuntime;
using Filecoin.Actors.Multisig;

namespace Filecoin.Rpc;

/// <summary>Wallets of several signers: what they have, and messages to them, unsigned.</summary>
/// <remarks>Spec: lotus node/impl/full/multisig.go, state.go.</remarks>
public static class MsigMethods
{
    private const int PendingBitWidth = 5;

    private static readonly MethodNumber ProposeMethod = new(2);
    private static readonly MethodNumber RemoveSigner = new(6);

    internal static readonly MethodNumber ApproveMethod = new(3);
    internal static readonly MethodNumber CancelMethod = new(4);
    internal static readonly MethodNumber AddSigner = new(5);
    internal static readonly MethodNumber SwapSigner = new(7);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, TipsetLinks?, AmountView>(
            "Filecoin.MsigGetAvailableBalance", Permission.Read, "What it may spend.",
            AvailableBalance, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, TipsetLinks?, AmountView>(
            "Filecoin.MsigGetVested", Permission.Read, "What was unlocked between two tipsets.",
            Vested),
        RpcMethod.Of<AddressView, TipsetLinks?, VestingView>(
            "Filecoin.MsigGetVestingSchedule", Permission.Read, "When what is unlocked.",
            Schedule, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, IReadOnlyList<PendingTransactionView>>(
            "Filecoin.MsigGetPending", Permission.Read, "What waits for approval.", Pending, 1),
        RpcMethod.Of<ulong, IReadOnlyList<AddressView>, long, AmountView, AddressView, AmountView,
            MessagePrototypeView>(
            "Filecoin.MsigCreate", Permission.Sign, "The message that makes one.", Create, 5),
        RpcMethod.Of<AddressView, AddressView, AmountView, AddressView, ulong, byte[]?,
            MessagePrototypeView>(
            "Filecoin.MsigPropose", Permission.Sign, "The message that proposes another.",
            Propose, 5),
        RpcMethod.Of<AddressView, long, AddressView, MessagePrototypeView>(
            "Filecoin.MsigApprove", Permission.Sign, "The message that approves one.", Approve),
        RpcMethod.Of<AddressView, long, AddressView, MessagePrototypeView>(
            "Filecoin.MsigCancel", Permission.Sign, "The message that takes one back.", Cancel),
        RpcMethod.Of<AddressView, AddressView, AddressView, bool, MessagePrototypeView>(
            "Filecoin.MsigAddPropose", Permission.Sign, "The message that proposes a signer.",
            ProposeSigner),
        RpcMethod.Of<AddressView, AddressView, AddressView, bool, MessagePrototypeView>(
            "Filecoin.MsigRemoveSigner", Permission.Sign,
            "The message that proposes that a signer goes.", ProposeRemoval),
        RpcMethod.Of<AddressView, AddressView, AddressView, AddressView, MessagePrototypeView>(
            "Filecoin.MsigSwapPropose", Permission.Sign,
            "The message that proposes one signer for another.", ProposeSwap),
    ];

    private static AmountView AvailableBalance(
        RpcCall call, AddressView wallet, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MultisigState multisig = Load(state, wallet, out ActorState actor);
        return new(actor.Balance - LockedAt(multisig, state.Tipset));
    }

    private static AmountView Vested(
        RpcCall call, AddressView wallet, TipsetLinks? start, TipsetLinks? end)
    {
        Tipset from = call.TipsetOf(start);
        ChainState state = ChainState.At(call, end);
        if (from.Epoch.Value > state.Tipset.Epoch.Value)
        {
            throw new RpcException(
                $"start tipset {from.Epoch} is after end tipset {state.Tipset.Epoch}");
        }

        MultisigState multisig = Load(state, wallet, out _);
        return new(LockedAt(multisig, from) - LockedAt(multisig, state.Tipset));
    }

    private static VestingView Schedule(RpcCall call, AddressView wallet, TipsetLinks? key)
    {
        MultisigState multisig = Load(ChainState.At(call, key), wallet, out _);
        return new(
            new(multisig.InitialBalance), multisig.StartEpoch.Value, multisig.UnlockDuration);
    }

    private static IReadOnlyList<PendingTransactionView> Pending(
        RpcCall call, AddressView wallet, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        MultisigState multisig = Load(state, wallet, out _);
        List<PendingTransactionView> pending = [];
        foreach ((ReadOnlyMemory<byte> bytes, Transaction transaction) in Hamt<Transaction>.Load(
            state.Blocks, multisig.Pending, new HamtOptions(PendingBitWidth)).Entries())
        {
            if (Int64Key.TryParse(bytes.Span, out long id))
            {
                pending.Add(PendingTransactionView.Of(id, transaction));
            }
        }

        pending.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return pending;
    }

    private static MessagePrototypeView Create(
        RpcCall call,
        ulong threshold,
        IReadOnlyList<AddressView> signers,
        long duration,
        AmountView value,
        AddressView source,
        AmountView gasPrice)
    {
        Address[] addresses = new Address[signers.Count];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = signers[i].Address;
        }

        ConstructorParams constructor = new(
            ValueList.TakeOver(addresses),
            threshold == 0 ? (ulong)addresses.Length : threshold,
            duration,
            default);
        Actors.Init.ExecParams exec = new(
            ChainState.At(call, null).CodeOf(BuiltinType.Multisig), Cbor.Encode(constructor));
        return Make(
            source,
            new(Address.FromId(WellKnownActors.Init)),
            value.Amount,
            Actors.Init.InitActor.ExecMethod,
            Cbor.Encode(exec));
    }

    private static MessagePrototypeView Propose(
        RpcCall call,
        AddressView wallet,
        AddressView to,
        AmountView value,
        AddressView source,
        ulong method,
        byte[]? parameters) => Make(
            source,
            wallet,
            TokenAmount.Zero,
            ProposeMethod,
            Cbor.Encode(new ProposeParams(
                to.Address, value.Amount, new(method), parameters ?? [])));

    private static MessagePrototypeView Approve(
        RpcCall call, AddressView wallet, long transaction, AddressView source) => Make(
            source, wallet, TokenAmount.Zero, ApproveMethod,
            Cbor.Encode(new TransactionParams(transaction, default)));

    private static MessagePrototypeView Cancel(
        RpcCall call, AddressView wallet, long transaction, AddressView source) => Make(
            source, wallet, TokenAmount.Zero, CancelMethod,
            Cbor.Encode(new TransactionParams(transaction, default)));

    private static MessagePrototypeView ProposeSigner(
        RpcCall call, AddressView wallet, AddressView source, AddressView added, bool increases) =>
        ProposeOwn(call, wallet, source, AddSigner, Cbor.Encode(
            new AddSignerParams(added.Address, increases)));

    private static MessagePrototypeView ProposeRemoval(
        RpcCall call, AddressView wallet, AddressView source, AddressView gone, bool decreases) =>
        ProposeOwn(call, wallet, source, RemoveSigner, Cbor.Encode(
            new RemoveSignerParams(gone.Address, decreases)));

    private static MessagePrototypeView ProposeSwap(
        RpcCall call,
        AddressView wallet,
        AddressView source,
        AddressView gone,
        AddressView added) =>
        ProposeOwn(call, wallet, source, SwapSigner, Cbor.Encode(
            new SwapSignerParams(gone.Address, added.Address)));

    /// <summary>What a wallet is to do to itself.</summary>
    private static MessagePrototypeView ProposeOwn(
        RpcCall call, AddressView wallet, AddressView source, MethodNumber method, byte[] what) =>
        Propose(call, wallet, wallet, default, source, method.Value, what);

    /// <summary>A message without nonce and gas.</summary>
    internal static MessagePrototypeView Make(
        AddressView from, AddressView to, TokenAmount value, MethodNumber method, byte[] what) =>
        new(
            MessageView.Of(new(
                0, to.Address, from.Address, 0, value, 0, TokenAmount.Zero, TokenAmount.Zero,
                method, what)),
            ValidNonce: false);

    private static TokenAmount LockedAt(in MultisigState multisig, Tipset tipset) =>
        multisig.LockedAfter(tipset.Epoch.Value - multisig.StartEpoch.Value);

    private static MultisigState Load(
        ChainState state, AddressView wallet, out ActorState actor) =>
        state.Load<MultisigState>(wallet, BuiltinType.Multisig, out actor);
}

/// <summary>When what is unlocked.</summary>
public sealed record VestingView(AmountView InitialBalance, long StartEpoch, long UnlockDuration);

/// <summary>What waits for approval.</summary>
public sealed record PendingTransactionView(
    [property: JsonPropertyName("ID")] long Id,
    AddressView To,
    AmountView Value,
    ulong Method,
    byte[]? Params,
    IReadOnlyList<AddressView> Approved)
{
    internal static PendingTransactionView Of(long id, Transaction transaction)
    {
        List<AddressView> approved = [];
        foreach (Address signer in transaction.Approved)
        {
            approved.Add(new(signer));
        }

        return new(
            id,
            new(transaction.To),
            new(transaction.Value),
            transaction.Method.Value,
            GoBytes.Of(transaction.Parameters),
            approved);
    }
}
