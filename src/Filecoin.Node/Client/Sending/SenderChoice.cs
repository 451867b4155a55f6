using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Finds who sends by what the user says.</summary>
internal static class SenderChoice
{
    /// <summary>
    /// The sender: a number of the node's accounts, an address of them, or one whose key the user
    /// has; without a word the node's first, else the user's only key.
    /// </summary>
    /// <exception cref="ClientException">There is none such.</exception>
    public static Sender Of(NodeClient node, string? from, string? passwordFile)
    {
        KeyFolder keys = KeyFolder.OfUser();
        if (from is null)
        {
            return node.Accounts.Count > 0
                ? new NodeAccount(node, AddressArgument.Parse(node.Accounts[0]))
                : OfKey(node, keys, OnlyKey(keys), passwordFile);
        }

        return OfNode(node, from) is Address account
            ? new NodeAccount(node, account)
            : OfAddress(node, keys, Resolve(node, keys, from), passwordFile);
    }

    /// <summary>The address that a user means, who may give a node's account by number.</summary>
    /// <exception cref="ClientException">There is none such.</exception>
    public static Address AddressOf(NodeClient node, string text) =>
        OfNode(node, text) ?? AddressArgument.Parse(text);

    private static Address? OfNode(NodeClient node, string text)
    {
        IReadOnlyList<string> accounts = node.Accounts;
        if (text.All(char.IsAsciiDigit))
        {
            return int.TryParse(text, out int index) && index < accounts.Count
                ? AddressArgument.Parse(accounts[index])
                : throw new ClientException(accounts.Count == 0
                    ? $"{node.Url} has no accounts of its own: name an address"
                    : $"no account {text}: {node.Url} has 0 to {accounts.Count - 1}");
        }

        Address asked = AddressArgument.Parse(text);
        foreach (string account in accounts)
        {
            if (AddressArgument.Parse(account) == asked)
            {
                return asked;
            }
        }

        return null;
    }

    private static Address OnlyKey(KeyFolder keys)
    {
        IReadOnlyList<Address> all = keys.List();
        return all.Count == 1
            ? all[0]
            : throw new ClientException(all.Count == 0
                ? "no key to send with: make one with `fvm wallet new`, or bring one with"
                    + " `fvm wallet import`"
                : $"{all.Count} keys to send with: name one with --from");
    }

    private static Address Resolve(NodeClient node, KeyFolder keys, string from)
    {
        Address asked = AddressArgument.Parse(from);
        return keys.Has(asked) || !asked.IsId
            ? asked
            : node.Ask<AddressView>("Filecoin.StateAccountKey", $"{asked}", null).Address;
    }

    private static Sender OfAddress(
        NodeClient node, KeyFolder keys, Address address, string? passwordFile) =>
        !keys.Has(address) && IsOfNode(node, address)
            ? new NodeWallet(node, address)
            : OfKey(node, keys, address, passwordFile);

    private static bool IsOfNode(NodeClient node, Address address) =>
        address.Protocol is Protocol.Secp256k1 or Protocol.Bls
        && node.Ask<bool>("Filecoin.WalletHas", $"{address}");

    private static KeyAccount OfKey(
        NodeClient node, KeyFolder keys, Address address, string? passwordFile)
    {
        _ = keys.Read(address);
        return new KeyAccount(node, keys.Unlock(address, KeyPassword.Get(passwordFile)));
    }
}
