using Filecoin.Node.Tests.Commands;
using Filecoin.Rpc;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Devnet;

public sealed class MnemonicKeysTests
{
    // Golden: the accounts that anvil 1.7 and Hardhat 3 print for these words.
    [Theory]
    [InlineData(
        0,
        "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")]
    [InlineData(
        1,
        "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d")]
    [InlineData(
        9,
        "0xa0ee7a142d267c1f36714e4a8f75612f20a79720",
        "0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6")]
    public void Keys_are_those_of_other_developers_networks(
        int index, string address, string secret)
    {
        AccountKey key = MnemonicKeys.Derive(MnemonicKeys.Words, index + 1)[index];

        Assert.Equal(address, Hex.OfBytes(key.Address.Payload[^20..]));
        Assert.Equal(secret, Hex.OfBytes(key.Secret.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(27)]
    public void A_number_of_words_that_no_wallet_gives_is_refused(int count)
    {
        DotnetProcess run = Fvm.Run(
            "devnet", "--mnemonic", string.Join(' ', Enumerable.Repeat("test", count)));

        Assert.Equal((FvmCommand.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"fvm: --mnemonic: the number of words is {count}, not 12, 15, 18, 21 or 24\n",
            run.Error);
    }
}
