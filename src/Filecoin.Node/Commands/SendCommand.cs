using System.CommandLine;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm send</c>: sends FIL, or calls what changes the chain.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        Argument<string> to = new("TO") { Description = "0x…, f0 to f4, or a node's account." };
        Argument<string> amount = new("AMOUNT") { Description = "Such as 1.5fil, 30gwei, 0." };
        Argument<string?> method = new("METHOD")
        {
            Description = "A contract's function by signature or its input in hexadecimal;"
                + " or an actor's method by name or number.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string[]> arguments = new("ARGS")
        {
            Description = "The function's arguments; or the method's parameters, CBOR in"
                + " hexadecimal or JSON.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        SendingOptions sending = new();
        return ClientCommand.Create(
            "send",
            "Send FIL, call a contract or an actor, and wait for the receipt.\n\n"
            + "  fvm send 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 1.5fil\n"
            + "  fvm send 0xCONTRACT 0 'transfer(address,uint256)' 0xWHO 100\n"
            + "  fvm send f2MULTISIG 0 Approve '{\"ID\":1}' --from f1KEY\n\n"
            + "Exit codes: 0 it succeeded, 1 it failed or would fail, 3 it cannot be sent.",
            [
                to.WithoutOptions(), amount.WithoutOptions(), method.WithoutOptions(),
                arguments.WithoutOptions(), .. sending.All,
            ],
            (node, parsed, asJson) =>
            {
                Outgoing outgoing = OutgoingOf(
                    node,
                    SenderChoice.AddressOf(node, parsed.GetValue(to)!),
                    AmountText.Parse(parsed.GetValue(amount)!),
                    parsed.GetValue(method),
                    parsed.GetValue(arguments) ?? []);
                Delivery delivery = sending.Deliver(node, parsed, outgoing);
                return delivery.Show(delivery.ToAnswer(), asJson);
            });
    }

    private static Outgoing OutgoingOf(
        NodeClient node, Address to, TokenAmount value, string? method, string[] arguments)
    {
        if (method is null)
        {
            return Outgoing.Transfer(to, value);
        }

        if (FunctionSignature.IsOne(method))
        {
            return Outgoing.Invoke(to, value, FunctionSignature.Parse(method).Encode(arguments));
        }

        if (method.StartsWith("0x", StringComparison.Ordinal))
        {
            return Hex.TryReadBytes(method, out byte[] input)
                ? Outgoing.Invoke(to, value, input)
                : throw new ClientException($"not hexadecimal: {Excerpt.Of(method)}");
        }

        ActorCall call = ActorCall.Parse(node, to, method, arguments);
        return Outgoing.Call(to, value, call.Number, call.Parameters);
    }
}
