using System.Text.Json;
using Filecoin.Rpc;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Devnet;

/// <summary>Keys that callers bring, where a network is kept in a folder.</summary>
public sealed class NodeKeysTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-node-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Keys_made_and_brought_by_callers_are_there_after_a_restart()
    {
        WalletKey brought = WalletKey.Make(SignatureType.Secp256k1);
        string[] made;
        using (DevnetProcess devnet = DevnetProcess.Start("--data-dir", folder))
        using (RpcClient client = new(devnet.Url))
        {
            made =
            [
                client.Call("Filecoin.WalletNew", "bls").GetString()!,
                client.Call("Filecoin.WalletNew", "delegated").GetString()!,
                client.Call("Filecoin.WalletImport", new Dictionary<string, string>
                {
                    ["Type"] = "secp256k1",
                    ["PrivateKey"] = Convert.ToBase64String(brought.Secret.Span),
                }).GetString()!,
            ];
            string gone = client.Call("Filecoin.WalletNew", "secp256k1").GetString()!;
            _ = client.Call("Filecoin.WalletDelete", gone);
            _ = client.Call("Filecoin.WalletSetDefault", made[0]);
            devnet.Kill();
        }

        using DevnetProcess again = DevnetProcess.Start("--data-dir", folder);
        using RpcClient later = new(again.Url);
        string[] all = [.. later.Call("Filecoin.WalletList").EnumerateArray()
            .Select(address => address.GetString()!)];

        Assert.Equal(made.Order(), all[^3..].Order());
        Assert.Equal(made[0], later.Call("Filecoin.WalletDefaultAddress").GetString());
        Assert.Equal(
            brought.Secret.ToArray(),
            later.Call("Filecoin.WalletExport", made[2]).GetProperty("PrivateKey")
                .GetBytesFromBase64());
        JsonElement signed = later.Call("Filecoin.WalletSign", made[0], "AQID");
        Assert.True(later.Call("Filecoin.WalletVerify", made[0], "AQID", signed).GetBoolean());
    }

    [Fact]
    public void A_keys_file_is_for_its_owner_alone()
    {
        WalletKeeping keeping = NodeKeys.Open(folder);
        keeping.Keep(WalletKey.Make(SignatureType.Bls));

        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(OneFile()) == OwnerOnly);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path.GetDirectoryName(OneFile())!)
                == (OwnerOnly | UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused_by_name()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have no such modes");
            return;
        }

        NodeKeys.Open(folder).Keep(WalletKey.Make(SignatureType.Bls));
        File.SetUnixFileMode(OneFile(), OwnerOnly | UnixFileMode.GroupRead);

        ClientException refusal =
            Assert.Throws<ClientException>(() => NodeKeys.Open(folder));

        Assert.Equal(
            $"{OneFile()}: others may read this key: chmod 600 it", refusal.Message);
    }

    [Fact]
    public void A_damaged_key_is_refused_by_name()
    {
        NodeKeys.Open(folder).Keep(WalletKey.Make(SignatureType.Bls));
        File.WriteAllText(OneFile(), """{"Type":"bls"}""");

        Assert.StartsWith(
            $"{OneFile()}: no key: ",
            Assert.Throws<ClientException>(() => NodeKeys.Open(folder)).Message);
    }

    [Fact]
    public void A_key_is_in_a_file_named_as_the_node_says_its_address_or_as_earlier_ones_did()
    {
        WalletKey key = WalletKey.Make(SignatureType.Bls);
        WalletKeeping keeping = NodeKeys.Open(folder);
        keeping.Keep(key);
        string file = OneFile();
        Assert.Equal($"{key.Address.ToTestnetString()}.json", Path.GetFileName(file));

        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, $"{key.Address}.json"));

        keeping = NodeKeys.Open(folder);
        Assert.Equal(key.Address, Assert.Single(keeping.Keys).Address);
        keeping.Forget(key.Address);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "keystore")));
    }

    [Fact]
    public void A_key_of_another_address_than_its_file_says_is_refused()
    {
        NodeKeys.Open(folder).Keep(WalletKey.Make(SignatureType.Bls));
        WalletKey other = WalletKey.Make(SignatureType.Secp256k1);
        File.WriteAllText(OneFile(), KeyText.Json(other));

        Assert.EndsWith(
            $"the key is that of {other.Address.ToTestnetString()}",
            Assert.Throws<ClientException>(() => NodeKeys.Open(folder)).Message);
    }

    private string OneFile() =>
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "keystore")));
}
