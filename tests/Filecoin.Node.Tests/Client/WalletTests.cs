using System.Text.Json.Nodes;
using Filecoin.Node.Tests.Commands;
using Filecoin.Rpc;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Client;

/// <summary><c>fvm wallet</c>: what it keeps, reads and signs.</summary>
public sealed class WalletTests(DevnetWithKeys user) : IDisposable
{
    /// <summary>Of the specification of Web3 Secret Storage; testpassword.</summary>
    private const string Keystore = """
        {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
        "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-wallet").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("delegated", "t410f")]
    [InlineData("secp256k1", "t1")]
    [InlineData("bls", "t3")]
    public void A_new_key_is_for_its_user_alone_and_signs(string kind, string prefix)
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new", kind)["address"]!;
        string file = Path.Combine(user.Keys, $"{address}.json");

        Assert.StartsWith(prefix, address, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file)
            == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        string signature = (string)DevnetWithKeys.Local("wallet", "sign", address, "hello")
            ["signature"]!;
        Assert.True((bool)DevnetWithKeys.Local("wallet", "verify", address, "hello", signature)
            ["isValid"]!);
        DotnetProcess other = Fvm.Run("wallet", "verify", address, "other", signature);
        Assert.Equal((FvmCommand.Differs, "isValid: no\n"), (other.ExitCode, other.Output));
    }

    [Theory]
    [InlineData("delegated")]
    [InlineData("secp256k1")]
    [InlineData("bls")]
    public void What_is_exported_is_imported(string kind)
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new", kind)["address"]!;
        string exported = Fvm.Run("wallet", "export", address).Output;
        string file = Path.Combine(user.Keys, $"{address}.json");
        Assert.Equal(File.ReadAllText(file) + "\n",
            Fvm.Run("wallet", "export", address, "--keystore").Output);

        File.Delete(file);

        Assert.Equal(
            address,
            (string?)DevnetWithKeys.Local("wallet", "import", exported.Trim())["address"]);
        Assert.Equal(exported, Fvm.Run("wallet", "export", address).Output);
        DevnetWithKeys.Refused(
            Fvm.Run("wallet", "import", exported.Trim()),
            FvmCommand.BadInput,
            "there is a key of this address already");
    }

    [Fact]
    public void A_secret_of_the_devnet_signs_as_cast_does()
    {
        WalletKey key = KeyText.Import(
            DevnetWithKeys.FirstSecret, SignatureType.Delegated, () => "");
        Assert.Equal(DevnetWithKeys.First, AddressArgument.Text(key.Address));
        Assert.Equal(
            // cast wallet sign --private-key SECRET hello, 1.7.1.
            "f16ea9a3478698f695fd1401bfe27e9e4a7e8e3da94aa72b021125e31fa899cc"
                + "573c48ea3fe1d4ab61a9db10c19032026e3ed2dbccba5a178235ac27f94504311c",
            Convert.ToHexStringLower(TextSignature.Sign(key, "hello"u8)));
    }

    [Fact]
    public void A_keystore_of_another_wallet_is_unlocked()
    {
        WalletKey key = KeyText.Import(Keystore, SignatureType.Delegated, () => "testpassword");
        Assert.Equal(
            "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
            Convert.ToHexStringLower(key.Secret.Span));
        ClientException refusal = Assert.Throws<ClientException>(
            () => KeyText.Import(Keystore, SignatureType.Delegated, () => "another"));
        Assert.Contains("the password is not the key's", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_under_another_address_is_refused()
    {
        WalletKey key = WalletKey.Make(SignatureType.Secp256k1);
        WalletKey other = WalletKey.Make(SignatureType.Secp256k1);
        string json = KeystoreFile.Lock(key, "x").Replace(
            key.Address.ToTestnetString(),
            other.Address.ToTestnetString(),
            StringComparison.Ordinal);
        ClientException refusal = Assert.Throws<ClientException>(
            () => KeystoreFile.Parse(json, "file").Unlock("x"));
        Assert.Contains(
            $"the key is that of {key.Address.ToTestnetString()}",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_others_may_read_is_not_used()
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new")["address"]!;
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes");
            return;
        }

        File.SetUnixFileMode(
            Path.Combine(user.Keys, $"{address}.json"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        DevnetWithKeys.Refused(
            Fvm.Run("wallet", "sign", address, "x"), FvmCommand.BadInput, "chmod 600");
    }

    [Fact]
    public void An_address_is_said_as_the_node_says_it_and_understood_with_either_letter()
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new", "secp256k1")["address"]!;
        string mainnet = $"f{address[1..]}";
        JsonNode sent = user.Json("send", mainnet, "1fil");

        Assert.Equal(address, (string?)sent["to"]);
        Assert.StartsWith("t410f", (string?)sent["from"], StringComparison.Ordinal);
        Assert.StartsWith(
            "t0", (string?)user.Json("state", "actor", mainnet)["id"], StringComparison.Ordinal);
        Assert.StartsWith(
            $"{address} 1 FIL", user.Text("wallet", "balance", mainnet), StringComparison.Ordinal);
        Assert.StartsWith(
            "t410f",
            (string?)user.Json("chain", "message", (string)sent["hash"]!)["from"],
            StringComparison.Ordinal);
        Assert.Equal(
            DevnetWithKeys.Local("wallet", "sign", address, "x")["signature"]!.ToString(),
            DevnetWithKeys.Local("wallet", "sign", mainnet, "x")["signature"]!.ToString());
        Assert.Contains(
            $"\"address\":\"{address}\"",
            Fvm.Run("wallet", "export", mainnet, "--keystore").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_an_earlier_version_kept_is_there()
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new", "secp256k1")["address"]!;
        string file = Path.Combine(user.Keys, $"{address}.json");
        string earlier = Path.Combine(user.Keys, $"f{address[1..]}.json");
        File.Move(file, earlier);
        File.WriteAllText(earlier, File.ReadAllText(earlier).Replace(
            address, $"f{address[1..]}", StringComparison.Ordinal));

        Assert.Equal(
            address, (string?)DevnetWithKeys.Local("wallet", "sign", address, "x")["address"]);
        Assert.Contains(
            user.Json("wallet", "list")["keys"]!.AsArray(),
            key => (string?)key!["address"] == address);
    }

    [Fact]
    public void The_list_has_keys_and_the_nodes_accounts()
    {
        string address = (string)DevnetWithKeys.Local("wallet", "new", "bls")["address"]!;
        JsonNode list = user.Json("wallet", "list");
        Assert.Contains(list["keys"]!.AsArray(), key => (string?)key!["address"] == address);
        Assert.Equal(
            DevnetWithKeys.First, (string?)list["accounts"]![0]!["addressEthereum"]);
        Assert.Contains(
            $"(0) {DevnetWithKeys.First} (t410f",
            user.Text("wallet", "list"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no kind of key: rsa", "new", "rsa")]
    [InlineData("no such file", "import", "none.json")]
    [InlineData("a key is 32 bytes in hexadecimal, not 1;", "import", "0x00")]
    [InlineData("a key is 32 bytes in hexadecimal; or a keystore", "import", "0xzz")]
    [InlineData(
        "a number of 32 bytes, neither zero nor as large as the curve's order",
        "import", "0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("no key of t1", "export", "f1agtjmoyltmienyjokyfyqyggpbnmd7tsjd2ngrq")]
    [InlineData("a signature is hexadecimal", "verify",
        "f1agtjmoyltmienyjokyfyqyggpbnmd7tsjd2ngrq", "x", "zz")]
    public void What_is_no_key_is_refused(string reason, params string[] arguments) =>
        DevnetWithKeys.Refused(
            Fvm.Run(["wallet", .. arguments]), FvmCommand.BadInput, reason);
}
