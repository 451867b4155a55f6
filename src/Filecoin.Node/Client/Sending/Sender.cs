using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Who sends, and how it is signed.</summary>
internal abstract class Sender(NodeClient node, Address address)
{
    /// <summary>The account.</summary>
    public Address Address { get; } = address;

    /// <summary>The node that is sent to.</summary>
    protected NodeClient Node { get; } = node;

    /// <summary>Has it sent, and gives the hash that Ethereum knows it by.</summary>
    /// <exception cref="NodeException">It is refused, or would fail.</exception>
    public abstract string Send(Outgoing outgoing);

    /// <summary>The message, without nonce and price.</summary>
    protected Message MessageOf(Outgoing outgoing) => new(
        0, outgoing.To, Address, 0, outgoing.Value, outgoing.GasLimit ?? 0, default, default,
        outgoing.Method, outgoing.Parameters);
}

/// <summary>An account of Ethereum whose key the node has.</summary>
internal sealed class NodeAccount(NodeClient node, Address address) : Sender(node, address)
{
    /// <inheritdoc/>
    public override string Send(Outgoing outgoing)
    {
        JsonObject request = EthereumForm.Request(EthereumForm.Of(Node, outgoing));
        request["from"] = AddressArgument.EthereumText(Address);
        if (outgoing.GasLimit is ulong limit)
        {
            request["gas"] = Hex.Of(limit);
        }

        return Node.Ask<string>("eth_sendTransaction", request);
    }
}

/// <summary>An account of Filecoin, f1 or f3, whose key the node has.</summary>
internal sealed class NodeWallet(NodeClient node, Address address) : Sender(node, address)
{
    /// <inheritdoc/>
    public override string Send(Outgoing outgoing)
    {
        SignedMessageView sent = Node.Ask<SignedMessageView>(
            "Filecoin.MpoolPushMessage",
            FilecoinForm.Json(MessageView.Of(MessageOf(outgoing))),
            null);
        return Node.HashOf($"{sent.ToSigned().Cid}");
    }
}

/// <summary>An account whose key the user has.</summary>
internal sealed class KeyAccount(NodeClient node, WalletKey key) : Sender(node, key.Address)
{
    /// <inheritdoc/>
    public override string Send(Outgoing outgoing)
    {
        Message asked = MessageOf(key.Type == SignatureType.Delegated
            ? EthereumForm.Of(Node, outgoing)
            : outgoing);
        MessageView priced = Node.Ask<MessageView>(
            "Filecoin.GasEstimateMessageGas", FilecoinForm.Json(MessageView.Of(asked)), null, null);
        ulong nonce = Node.Ask<ulong>("Filecoin.MpoolGetNonce", $"{Address}");
        SignedMessage signed = key.Sign(
            priced.ToMessage() with { Nonce = nonce },
            Node.Ask<Quantity>("eth_chainId").ToUInt64());
        Cid cid = Node.Ask<CidLink>(
            "Filecoin.MpoolPush", FilecoinForm.Json(SignedMessageView.Of(signed))).Cid;
        return Node.HashOf($"{cid}");
    }
}
