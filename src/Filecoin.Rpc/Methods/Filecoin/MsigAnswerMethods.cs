using Filecoin.Actors.Multisig;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>
/// Messages, unsigned, that approve or take back a proposal which is told whole: by its hash they
/// are for no other that has got its number.
/// </summary>
/// <remarks>Spec: lotus node/impl/full/multisig.go.</remarks>
public static class MsigAnswerMethods
{
    private const int HashLength = 32;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, long, AddressView, AddressView, AmountView, AddressView, ulong,
            byte[]?, MessagePrototypeView>(
            "Filecoin.MsigApproveTxnHash", Permission.Sign,
            "The message that approves a proposal by its hash.", Approve, 7),
        RpcMethod.Of<AddressView, long, AddressView, AmountView, AddressView, ulong, byte[]?,
            MessagePrototypeView>(
            "Filecoin.MsigCancelTxnHash", Permission.Sign,
            "The message that takes a proposal back by its hash.", Cancel, 6),
        RpcMethod.Of<AddressView, AddressView, long, AddressView, AddressView, bool,
            MessagePrototypeView>(
            "Filecoin.MsigAddApprove", Permission.Sign,
            "The message that approves a new signer.", ApproveSigner),
        RpcMethod.Of<AddressView, AddressView, long, AddressView, bool, MessagePrototypeView>(
            "Filecoin.MsigAddCancel", Permission.Sign,
            "The message that takes back a new signer.", CancelSigner),
        RpcMethod.Of<AddressView, AddressView, long, AddressView, AddressView, AddressView,
            MessagePrototypeView>(
            "Filecoin.MsigSwapApprove", Permission.Sign,
            "The message that approves one signer for another.", ApproveSwap),
        RpcMethod.Of<AddressView, AddressView, long, AddressView, AddressView,
            MessagePrototypeView>(
            "Filecoin.MsigSwapCancel", Permission.Sign,
            "The message that takes back one signer for another.", CancelSwap),
    ];

    private static MessagePrototypeView Approve(
        RpcCall call,
        AddressView wallet,
        long transaction,
        AddressView proposer,
        AddressView to,
        AmountView value,
        AddressView source,
        ulong method,
        byte[]? parameters) => Make(
            wallet, transaction, source, MsigMethods.ApproveMethod,
            new(IdOf(call, proposer), to.Address, value.Amount, new(method), parameters));

    private static MessagePrototypeView Cancel(
        RpcCall call,
        AddressView wallet,
        long transaction,
        AddressView to,
        AmountView value,
        AddressView source,
        ulong method,
        byte[]? parameters) => Make(
            wallet, transaction, source, MsigMethods.CancelMethod,
            new(IdOf(call, source), to.Address, value.Amount, new(method), parameters));

    private static MessagePrototypeView ApproveSigner(
        RpcCall call,
        AddressView wallet,
        AddressView source,
        long transaction,
        AddressView proposer,
        AddressView added,
        bool increases) => Make(
            wallet, transaction, source, MsigMethods.ApproveMethod,
            Adding(wallet, IdOf(call, proposer), added, increases));

    private static MessagePrototypeView CancelSigner(
        RpcCall call,
        AddressView wallet,
        AddressView source,
        long transaction,
        AddressView added,
        bool increases) => Make(
            wallet, transaction, source, MsigMethods.CancelMethod,
            Adding(wallet, IdOf(call, source), added, increases));

    private static MessagePrototypeView ApproveSwap(
        RpcCall call,
        AddressView wallet,
        AddressView source,
        long transaction,
        AddressView proposer,
        AddressView gone,
        AddressView added) => Make(
            wallet, transaction, source, MsigMethods.ApproveMethod,
            Swapping(wallet, IdOf(call, proposer), gone, added));

    private static MessagePrototypeView CancelSwap(
        RpcCall call,
        AddressView wallet,
        AddressView source,
        long transaction,
        AddressView gone,
        AddressView added) => Make(
            wallet, transaction, source, MsigMethods.CancelMethod,
            Swapping(wallet, IdOf(call, source), gone, added));

    private static ProposalHashData Adding(
        AddressView wallet, Address proposer, AddressView added, bool increases) => new(
            proposer, wallet.Address, TokenAmount.Zero, MsigMethods.AddSigner,
            Cbor.Encode(new AddSignerParams(added.Address, increases)));

    private static ProposalHashData Swapping(
        AddressView wallet, Address proposer, AddressView gone, AddressView added) => new(
            proposer, wallet.Address, TokenAmount.Zero, MsigMethods.SwapSigner,
            Cbor.Encode(new SwapSignerParams(gone.Address, added.Address)));

    /// <summary>A wallet knows who proposed by its id.</summary>
    private static Address IdOf(RpcCall call, AddressView proposer) =>
        Address.FromId(ChainState.At(call, null).IdOf(proposer));

    private static MessagePrototypeView Make(
        AddressView wallet,
        long transaction,
        AddressView source,
        MethodNumber method,
        ProposalHashData proposal)
    {
        if (proposal.Value.IsNegative)
        {
            throw RpcException.BadParameters("proposal value must be non-negative");
        }

        byte[] hash = new byte[HashLength];
        Blake2b.Hash(Cbor.Encode(proposal), hash);
        return MsigMethods.Make(
            source, wallet, TokenAmount.Zero, method,
            Cbor.Encode(new TransactionParams(transaction, hash)));
    }
}
