using System.CommandLine;
using System.Numerics;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm state</c>: what is on the chain.</summary>
internal static class StateCommand
{
    public static Command Create() => new("state", "Show an actor, or a slot of a contract.")
    {
        Actor(), Storage(),
    };

    private static Command Actor()
    {
        Argument<string> address = new("ADDRESS")
        {
            Description = "0x…, f0 to f4, or a number of the node's accounts.",
        };
        Option<string?> at = ClientCommand.At();
        return ClientCommand.Create(
            "actor",
            "An actor's code, balance, nonce and state.\n\n  fvm state actor f02",
            [address.WithoutOptions(), at],
            (node, parsed, asJson) => ShowActor(
                node,
                SenderChoice.AddressOf(node, parsed.GetValue(address)!),
                node.TipsetAt(parsed.GetValue(at)),
                asJson));
    }

    private static int ShowActor(NodeClient node, Address address, JsonNode? tipset, bool asJson)
    {
        JsonNode? At() => tipset?.DeepClone();
        ActorRecordView actor = node.Ask<ActorRecordView>(
            "Filecoin.StateGetActor", $"{address}", At());
        Address id = node.Ask<AddressView>("Filecoin.StateLookupID", $"{address}", At()).Address;
        JsonNode? state = node.Call("Filecoin.StateReadState", $"{address}", At())?["State"];
        return new Answer()
            .Add("id", AddressArgument.FilecoinText(id))
            .Add("address", actor.DelegatedAddress?.Address)
            .Add("actor", ActorCall.NameOf(actor.Code.Cid))
            .Add("code", $"{actor.Code.Cid}")
            .Add("balance", actor.Balance.Amount)
            .Add("nonce", actor.Nonce)
            .Add("head", $"{actor.Head.Cid}")
            .Add("state", state?.DeepClone())
            .Show(asJson);
    }

    private static Command Storage()
    {
        Argument<string> address = new("ADDRESS") { Description = "The contract." };
        Argument<string> slot = new("SLOT") { Description = "A number, or 32 bytes." };
        Option<string?> at = ClientCommand.At();
        return ClientCommand.Create(
            "storage",
            "A slot of a contract.\n\n  fvm state storage 0xCONTRACT 0",
            [address.WithoutOptions(), slot.WithoutOptions(), at],
            (node, parsed, asJson) =>
            {
                string text = parsed.GetValue(slot)!;
                if (!Hex.TryReadNumber(text, out BigInteger number))
                {
                    throw new ClientException($"no slot: {Excerpt.Of(text)}: a number or 0x…");
                }

                Address contract = SenderChoice.AddressOf(node, parsed.GetValue(address)!);
                RequireContract(node, contract, node.TipsetAt(parsed.GetValue(at)));
                string value = node.Ask<string>(
                    "eth_getStorageAt",
                    AddressArgument.EthereumText(contract)
                        ?? throw new ClientException(
                            $"{AddressArgument.FilecoinText(contract)} is no contract's address"),
                    Hex.Of(number),
                    NodeAnswers.Block(parsed.GetValue(at)));
                if (asJson)
                {
                    return new Answer().Add("slot", Hex.Of(number)).Add("value", value)
                        .Show(asJson);
                }

                Console.WriteLine(value);
                return FvmCommand.Success;
            });
    }

    private static void RequireContract(NodeClient node, Address address, JsonNode? tipset)
    {
        string? actor = ActorCall.NameOf(node.Ask<ActorRecordView>(
            "Filecoin.StateGetActor", $"{address}", tipset).Code.Cid);
        if (actor != "evm")
        {
            throw new ClientException(
                $"{AddressArgument.Text(address)} is no contract but an actor of kind"
                    + $" {actor ?? "unknown"}, which has no slots: `fvm state actor` shows its"
                    + " state");
        }
    }
}
