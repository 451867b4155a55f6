namespace Filecoin.Rpc;

/// <summary>What is one thing here and another for Ethereum: addresses and messages.</summary>
/// <remarks>Spec: lotus node/impl/full/eth.go; eth-compat 5 and 13.</remarks>
public static class AddressMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, JsonElement?, EthereumAddress>(
            "Filecoin.FilecoinAddressToEthAddress", Permission.Read,
            "What Ethereum knows it by.", ToEthereum, 1),
        RpcMethod.Of<EthereumAddress, AddressView>(
            "Filecoin.EthAddressToFilecoinAddress", Permission.Read,
            "What it is on this chain.", FromEthereum),
        RpcMethod.Of<Hash32, CidLink?>(
            "Filecoin.EthGetMessageCidByTransactionHash", Permission.Read,
            "The message of a transaction.", CidOfTransaction),
        RpcMethod.Of<CidLink, Hash32?>(
            "Filecoin.EthGetTransactionHashByCid", Permission.Read,
            "The transaction of a message.", TransactionOfCid),
    ];

    private static EthereumAddress ToEthereum(
        RpcCall call, AddressView address, JsonElement? block)
    {
        byte[] bytes = new byte[Address.EthereumLength];
        if (!address.Address.TryToEthereum(bytes))
        {
            ActorId id = ChainState.At(call, null).IdOf(address);
            _ = Address.FromId(id).TryToEthereum(bytes);
        }

        return new(bytes);
    }

    private static AddressView FromEthereum(RpcCall call, EthereumAddress address) =>
        new(address.ToAddress());

    private static CidLink? CidOfTransaction(RpcCall call, Hash32 hash) =>
        call.Node.Chain.Store.TryFindEthereum(hash.Bytes.Span, out Cid cid)
            ? new CidLink(cid)
            : call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
                ? new CidLink(entry.Message.Cid)
                : null;

    private static Hash32? TransactionOfCid(RpcCall call, CidLink message)
    {
        NetworkParameters network = call.Node.Chain.Network;
        if (call.Node.Chain.Pool.TryGet(message.Cid, out PoolEntry? entry))
        {
            return HashOf(entry.Message);
        }

        return call.Node.Chain.Store.TryFindMessage(message.Cid, out MessagePlace? place)
            && call.Node.Chain.Store.TryGetTipset(place.TipsetKeyCid, out Tipset? tipset)
                ? HashOf(call.Node.MessagesOf(tipset)[(int)place.Index])
                : null;

        Hash32 HashOf(ChainMessage found) =>
            new(found.EthereumHash(network.ChainId) ?? found.Cid.Digest.ToArray());
    }
}
