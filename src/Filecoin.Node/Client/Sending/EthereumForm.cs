using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What is to be sent, as an account of Ethereum can send it.</summary>
internal static class EthereumForm
{
    /// <summary>The same as a call of a contract or the making of one.</summary>
    /// <exception cref="ClientException">Ethereum has no form for it.</exception>
    public static Outgoing Of(NodeClient node, Outgoing outgoing) => outgoing.Kind switch
    {
        OutgoingKind.Create => outgoing,
        OutgoingKind.Invoke => Invoke(node, outgoing)
            ?? throw new ClientException(
                $"no actor has the address {AddressArgument.Text(outgoing.To)}"),
        OutgoingKind.Transfer => Invoke(node, outgoing) ?? Forward(outgoing),
        OutgoingKind.Method => throw new ClientException(
            "an account of Ethereum calls contracts, not methods of actors: send from an f1 or"
                + " f3 key (--from; `fvm wallet new secp256k1`)"),
    };

    /// <summary>A call or transaction without its sender, as Ethereum's methods take it.</summary>
    /// <param name="outgoing">A call of a contract, or the making of one.</param>
    public static JsonObject Request(Outgoing outgoing)
    {
        JsonObject request = new()
        {
            ["value"] = Hex.Of(outgoing.Value),
            ["data"] = Hex.OfBytes(outgoing.Content.Span),
        };
        if (outgoing.Kind != OutgoingKind.Create)
        {
            request["to"] = AddressArgument.EthereumText(outgoing.To);
        }

        return request;
    }

    /// <summary>Ethereum knows actors by their own names or by their ids.</summary>
    private static Outgoing? Invoke(NodeClient node, Outgoing outgoing)
    {
        Address? known = AddressArgument.EthereumText(outgoing.To) is null
            ? node.LookupId(outgoing.To)
            : outgoing.To;
        return known is Address target
            ? Outgoing.Invoke(target, outgoing.Value, outgoing.Content) with
            {
                GasLimit = outgoing.GasLimit,
            }
            : null;
    }

    private static Outgoing Forward(Outgoing outgoing) =>
        outgoing.To.Protocol is Protocol.Secp256k1 or Protocol.Bls
            ? Outgoing.Create(outgoing.Value, ForwardingCode.Of(outgoing.To, outgoing.Value)) with
            {
                GasLimit = outgoing.GasLimit,
            }
            : throw new ClientException(
                $"no actor has the address {AddressArgument.Text(outgoing.To)}");
}
