namespace Filecoin.Rpc;

/// <summary>Methods that change the state.</summary>
internal static class StateMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. RpcMethod.Change<EthereumAddress, LooseQuantity>(
            "anvil_setBalance", "Gives an address a balance, in attoFIL.", SetBalance)
            .And("hardhat_setBalance", "tenderly_setBalance"),
        .. RpcMethod.Change<EthereumAddress, LooseQuantity>(
            "anvil_addBalance", "Adds to an address' balance, in attoFIL.", AddBalance)
            .And("hardhat_addBalance", "tenderly_addBalance"),
        .. RpcMethod.Change<EthereumAddress, LooseQuantity>(
            "anvil_setNonce", "Gives an address a nonce.", SetNonce)
            .And("hardhat_setNonce", "evm_setAccountNonce"),
        .. RpcMethod.Change<EthereumAddress, HexBytes>(
            "anvil_setCode", "Gives an address code.", SetCode)
            .And("hardhat_setCode"),
        .. RpcMethod.Change<EthereumAddress, Word, Word>(
            "anvil_setStorageAt", "Gives a slot a value.", SetSlot)
            .And("hardhat_setStorageAt"),
        .. RpcMethod.Change<EthereumAddress, EthereumAddress, LooseQuantity>(
            "anvil_dealERC20", "Gives an address a balance of a token.", Deal)
            .And("hardhat_dealERC20", "anvil_setERC20Balance"),
        RpcMethod.Change<EthereumAddress, EthereumAddress, EthereumAddress, LooseQuantity>(
            "anvil_setERC20Allowance",
            "Gives an owner's spender an allowance of a token.", Allow),
        .. RpcMethod.Of<bool?, HexBytes>(
            "anvil_dumpState", Permission.Admin,
            "The state as a CAR, whose root has its epoch and time.", Dump, 0)
            .And("hardhat_dumpState"),
        .. RpcMethod.Of<HexBytes, bool>(
            "anvil_loadState", Permission.Admin, "Puts a dumped state in the place of this one.",
            Load)
            .And("hardhat_loadState"),
    ];

    private static void SetBalance(RpcCall call, EthereumAddress address, LooseQuantity balance) =>
        new StateAmendment(call.Node).SetBalance(address.ToAddress(), balance.ToAmount());

    private static void AddBalance(RpcCall call, EthereumAddress address, LooseQuantity amount) =>
        new StateAmendment(call.Node).AddBalance(address.ToAddress(), amount.ToAmount());

    private static void SetNonce(RpcCall call, EthereumAddress address, LooseQuantity nonce) =>
        new StateAmendment(call.Node).SetNonce(address.ToAddress(), nonce.ToUInt64());

    private static void SetCode(RpcCall call, EthereumAddress address, HexBytes code) =>
        new StateAmendment(call.Node).SetCode(address.ToAddress(), code.Bytes);

    private static void SetSlot(
        RpcCall call, EthereumAddress address, Word slot, Word value) =>
        new StateAmendment(call.Node).SetSlot(
            address.ToAddress(), slot.ToBytes(), value.Value);

    private static void Deal(
        RpcCall call, EthereumAddress owner, EthereumAddress token, LooseQuantity balance) =>
        new TokenSlots(call.Node, token).SetBalance(owner, WordOf(balance));

    private static void Allow(
        RpcCall call,
        EthereumAddress owner,
        EthereumAddress spender,
        EthereumAddress token,
        LooseQuantity amount) =>
        new TokenSlots(call.Node, token).SetAllowance(owner, spender, WordOf(amount));

    /// <remarks>A dump must fit into a request again, with two digits for each byte.</remarks>
    private static HexBytes Dump(RpcCall call, bool? isWithHistory)
    {
        if (isWithHistory is true)
        {
            throw RpcException.BadParameters("a dump has no states of the past");
        }

        using MemoryStream dump = new();
        StateDump.Write(call.Node.Chain, dump, call.Node.Limits.BodyBytesMax / 3);
        return new(dump.ToArray());
    }

    private static bool Load(RpcCall call, HexBytes dump)
    {
        call.Node.Producer.LoadState(dump.Bytes);
        return true;
    }

    private static System.Numerics.BigInteger WordOf(LooseQuantity value)
    {
        _ = new Word(value.Value).ToBytes();
        return value.Value;
    }
}
