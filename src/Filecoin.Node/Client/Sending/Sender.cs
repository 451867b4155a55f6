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

    /// <summary>A transaction of Ethereum, without what is signed.</summary>
    protected JsonObject Request(Outgoing outgoing)
    {
        JsonObject request = EthereumForm.Request(Node, outgoing);
        request["from"] = AddressArgument.EthereumText(Address);
        if (outgoing.GasLimit is ulong limit)
        {
            request["gas"] = Hex.Of(limit);
        }

        return request;
    }
}

/// <summary>An account whose key the node has.</summary>
internal sealed class NodeAccount(NodeClient node, Address address) : Sender(node, address)
{
    /// <inheritdoc/>
    public override string Send(Outgoing outgoing) =>
        Node.Ask<string>("eth_sendTransaction", Request(outgoing));
}

/// <summary>An account of Ethereum whose key the user has.</summary>
internal sealed class EthereumAccount(NodeClient node, WalletKey key) : Sender(node, key.Address)
{
    /// <summary>The base fee may double before the message is in a block.</summary>
    private const int FeeRoom = 2;

    /// <inheritdoc/>
    public override string Send(Outgoing outgoing)
    {
        JsonObject request = Request(outgoing);
        JsonNode from = request["from"]!;
        ulong limit = outgoing.GasLimit
            ?? Node.Ask<Quantity>("eth_estimateGas", request.DeepClone()).ToUInt64();
        TokenAmount premium = Node.Ask<Quantity>("eth_maxPriorityFeePerGas").ToAmount();
        TokenAmount price = Node.Ask<Quantity>("eth_gasPrice").ToAmount();
        EthereumTransaction unsigned = new(
            EthereumTransactionKind.DynamicFee,
            Node.Ask<Quantity>("eth_chainId").ToUInt64(),
            Node.Ask<Quantity>("eth_getTransactionCount", from.DeepClone(), "pending").ToUInt64(),
            premium,
            TokenAmount.Max(price * FeeRoom, premium),
            limit,
            Bytes(request["to"]),
            outgoing.Value,
            Bytes(request["data"]),
            new byte[Crypto.Secp256k1.SignatureLength]);
        EthereumTransaction signed = unsigned with
        {
            Signature = key.SignHash(unsigned.SigningHash()),
        };
        return Node.Ask<string>("eth_sendRawTransaction", Hex.OfBytes(signed.Encode()));
    }

    private static byte[] Bytes(JsonNode? hex) =>
        hex is not null && Hex.TryReadBytes((string?)hex, out byte[] bytes) ? bytes : [];
}

/// <summary>An account of Filecoin, f1 or f3, whose key the user has.</summary>
internal sealed class FilecoinAccount(NodeClient node, WalletKey key) : Sender(node, key.Address)
{
    /// <inheritdoc/>
    public override string Send(Outgoing outgoing)
    {
        Message asked = new(
            0, outgoing.To, Address, 0, outgoing.Value, outgoing.GasLimit ?? 0, default, default,
            outgoing.Method, outgoing.Parameters);
        Message priced = Node.Ask<MessageView>(
            "Filecoin.GasEstimateMessageGas", FilecoinForm.Json(MessageView.Of(asked)), null, null)
            .ToMessage() with
        {
            Nonce = Node.Ask<ulong>("Filecoin.MpoolGetNonce", $"{Address}"),
        };
        Signature signature = key.SignFilecoin(priced.Cid.Bytes);
        Cid cid = Node.Ask<CidLink>("Filecoin.MpoolPush", FilecoinForm.Json(new SignedMessageView(
            MessageView.Of(priced),
            new((int)signature.Type, signature.Data.ToArray())))).Cid;
        return Node.HashOf($"{cid}");
    }
}
