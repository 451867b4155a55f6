using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What is to be sent, as Ethereum's methods take it.</summary>
internal static class EthereumForm
{
    /// <summary>A call or transaction without its sender.</summary>
    /// <exception cref="ClientException">Ethereum has no form for it.</exception>
    public static JsonObject Request(NodeClient node, Outgoing outgoing)
    {
        if (outgoing.Kind == OutgoingKind.Method)
        {
            throw new ClientException("an account of Ethereum calls contracts, not methods of"
                + " actors: send from an f1 or f3 key (--from; `fvm wallet new secp256k1`)");
        }

        JsonObject request = new() { ["value"] = Hex.Of(outgoing.Value) };
        string? target = outgoing.Kind == OutgoingKind.Create
            ? null
            : AddressArgument.EthereumText(outgoing.To) ?? MaskOf(node, outgoing.To);
        bool isNew = outgoing.Kind == OutgoingKind.Transfer
            && target is null
            && outgoing.To.Protocol is Protocol.Secp256k1 or Protocol.Bls;
        if (target is null && !isNew && outgoing.Kind != OutgoingKind.Create)
        {
            throw new ClientException($"no actor has the address {outgoing.To}");
        }

        ReadOnlyMemory<byte> input = isNew
            ? ForwardingCode.Of(outgoing.To, outgoing.Value)
            : outgoing.Content;
        if (target is not null)
        {
            request["to"] = target;
        }

        request["data"] = Hex.OfBytes(input.Span);
        return request;
    }

    /// <summary>The form of Ethereum of an actor's id.</summary>
    private static string? MaskOf(NodeClient node, Address address) =>
        node.LookupId(address) is Address id ? AddressArgument.EthereumText(id) : null;
}
