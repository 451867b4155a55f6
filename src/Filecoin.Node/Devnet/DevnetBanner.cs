using System.Net;
using System.Text;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What <c>fvm devnet</c> prints, in the order that anvil made familiar.</summary>
internal static class DevnetBanner
{
    /// <summary>Prints it; the last line says where the network listens.</summary>
    public static void Show(DevnetOptions options, DevnetNetwork network, IPEndPoint endpoint)
    {
        Blockchain chain = network.Node.Chain;
        StateTree state = StateTree.Load(
            chain.Store.Blocks, chain.StateRoot, NetworkConfig.LineOf(chain.Network.Version));
        IReadOnlyList<AccountKey> keys = network.Node.Keys.All;
        StringBuilder text = new("\nAvailable Accounts\n==================\n\n");
        for (int i = 0; i < keys.Count; i++)
        {
            Address address = keys[i].Address;
            string ethereum = AddressArgument.Text(address);
            _ = text.Append($"({i}) {ethereum} {address.ToTestnetString()}"
                + $" ({Owned(state, address)})\n");
        }

        _ = text.Append("\nPrivate Keys\n==================\n\n");
        for (int i = 0; i < keys.Count; i++)
        {
            _ = text.Append($"({i}) {Hex.OfBytes(keys[i].Secret.Span)}\n");
        }

        _ = text.Append("\nFilecoin's own Accounts\n==================\n\n");
        foreach (Address address in network.Node.Wallet.Addresses)
        {
            _ = address.Protocol == Protocol.Secp256k1
                ? text.Append($"{address.ToTestnetString()} ({Owned(state, address)})\n")
                : text;
        }

        _ = text
            .Append("\nWallet\n==================\n")
            .Append($"Mnemonic:          {options.Words}\n")
            .Append($"Derivation path:   {MnemonicKeys.Path}\n")
            .Append($"of Filecoin's:     {MnemonicKeys.FilecoinPath}\n");
        Section(text, "Chain ID", $"{chain.Network.ChainId}");
        Section(text, "Base Fee", $"{chain.NextBaseFee}");
        Section(text, "Gas Limit", $"{chain.Network.BlockGasMax}");
        Section(text, "Latest Epoch", $"{chain.Head.Epoch}");
        Section(text, "Latest Timestamp", $"{chain.Head.Timestamp}");
        if (network.Node.Tokens is CallerTokens tokens)
        {
            Section(text, "Token", tokens.Issue(Permission.Admin));
        }

        Section(text, "Gas", options.IsGasExact
            ? "exact: the built-in actors are those of the official bundle, version 18"
            : "estimated: actors in C# pay about what the official ones' instructions cost"
                + " (--exact-gas runs those)");
        Console.WriteLine(text.Append($"\nListening on http://{endpoint} and ws://{endpoint}"));
        Console.Out.Flush();
    }

    private static string Owned(StateTree state, Address address) => AmountText.Short(
        state.TryResolve(address, out ActorId id) && state.TryGetActor(id, out ActorState actor)
            ? actor.Balance
            : TokenAmount.Zero);

    private static void Section(StringBuilder text, string name, string value) =>
        text.Append($"\n{name}\n==================\n\n{value}\n");
}
