using System.CommandLine;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What commands take that send a message.</summary>
internal sealed class SendingOptions
{
    private const int SecondsMax = 600;

    private readonly Option<string?> from = new("--from")
    {
        Description = "Who sends: a number of the node's accounts, an address of them, or one"
            + " whose key you have; else the node's first, else your only key.",
    };

    private readonly Option<string?> passwordFile = PasswordFile();

    private readonly Option<ulong?> gasLimit = new("--gas-limit")
    {
        Description = "Gas that it may use; else what the node estimates.",
    };

    private readonly Option<int> timeout = new("--timeout")
    {
        Description = "Seconds to wait for a block that has it.",
        DefaultValueFactory = _ => SecondsMax,
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Symbol> All => [from, passwordFile, gasLimit, timeout];

    /// <summary>Where the password of a key is.</summary>
    public static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "File whose first line is the key's password; else $FVM_PASSWORD.",
    };

    /// <summary>Sends, and waits for the receipt.</summary>
    public Delivery Deliver(NodeClient node, ParseResult parsed, Outgoing outgoing)
    {
        Sender sender = SenderChoice.Of(
            node, parsed.GetValue(from), parsed.GetValue(passwordFile));
        RequireFunds(node, sender.Address, outgoing.Value);
        string hash = sender.Send(outgoing with { GasLimit = parsed.GetValue(gasLimit) });
        Delivery delivery = Delivery.Wait(
            node, hash, TimeSpan.FromSeconds(parsed.GetValue(timeout)));

        // A transfer may go by way of a contract, and an address may have been told by its id.
        return outgoing.Kind == OutgoingKind.Create
            ? delivery
            : delivery with { Message = delivery.Message with { To = outgoing.To } };
    }

    private static void RequireFunds(NodeClient node, Address sender, TokenAmount value)
    {
        TokenAmount balance = node.Ask<AmountView>("Filecoin.WalletBalance", $"{sender}").Amount;
        if (balance < value)
        {
            throw new ClientException($"insufficient funds: {AddressArgument.Text(sender)} has"
                + $" {balance.ToFilString()}, {value.ToFilString()} are to be sent:"
                + $" {(value - balance).ToFilString()} are missing");
        }
    }
}
