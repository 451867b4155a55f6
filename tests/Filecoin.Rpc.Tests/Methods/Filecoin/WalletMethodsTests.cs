namespace Filecoin.Rpc.Tests.Methods;

public sealed class WalletMethodsTests
{
    private const string Data = "c29tZSBieXRlcw==";

    private readonly RpcNetwork network = new();

    [Theory]
    [InlineData("secp256k1", "^t1", 1)]
    [InlineData("bls", "^t3", 2)]
    [InlineData("delegated", "^t410f", 3)]
    public void A_new_key_signs_what_can_be_verified(string type, string address, int signature)
    {
        string made = network.Call("Filecoin.WalletNew", type).GetString()!;

        JsonElement signed = network.Call("Filecoin.WalletSign", made, Data);

        Assert.Matches(address, made);
        Assert.Equal(signature, signed.GetProperty("Type").GetInt32());
        Assert.True(network.Call("Filecoin.WalletVerify", made, Data, signed).GetBoolean());
        Assert.False(network.Call("Filecoin.WalletVerify", made, "AAAA", signed).GetBoolean());
        Assert.Contains(
            made, network.Call("Filecoin.WalletList").EnumerateArray()
                .Select(listed => listed.GetString()));
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("bls")]
    public void A_key_is_taken_out_and_brought_back(string type)
    {
        string made = network.Call("Filecoin.WalletNew", type).GetString()!;
        JsonElement key = network.Call("Filecoin.WalletExport", made);
        _ = network.Call("Filecoin.WalletDelete", made);

        Assert.False(network.Call("Filecoin.WalletHas", made).GetBoolean());
        Assert.Contains(
            "key info not found",
            network.Fail("Filecoin.WalletSign", made, Data).GetProperty("message").GetString());
        Assert.Equal(made, network.Call("Filecoin.WalletImport", key).GetString());
        Assert.True(network.Call("Filecoin.WalletHas", made).GetBoolean());
    }

    [Fact]
    public void The_usual_key_is_the_first_until_another_is_chosen()
    {
        string made = network.Call("Filecoin.WalletNew", "bls").GetString()!;
        Assert.Equal(
            network.OwnAddress, network.Call("Filecoin.WalletDefaultAddress").GetString());

        _ = network.Call("Filecoin.WalletSetDefault", made);
        Assert.Equal(made, network.Call("Filecoin.WalletDefaultAddress").GetString());

        _ = network.Call("Filecoin.WalletDelete", made);
        Assert.Equal(
            network.OwnAddress, network.Call("Filecoin.WalletDefaultAddress").GetString());
    }

    [Fact]
    public void A_key_of_no_kind_and_no_secret_is_refused()
    {
        Assert.Contains("invalid key type", Error("Filecoin.WalletNew", "rsa"));
        Assert.Contains(
            "32 bytes",
            Error("Filecoin.WalletImport", new { Type = "bls", PrivateKey = "AQID" }));
        Assert.Contains("invalid address", Error("Filecoin.WalletValidateAddress", "t1nonsense"));
        Assert.Equal(2, network.Call("Filecoin.WalletList").GetArrayLength());
    }

    [Fact]
    public void A_message_of_an_id_is_signed_by_its_key()
    {
        string id = network.Call("Filecoin.StateLookupID", network.OwnAddress).GetString()!;

        JsonElement signed = network.Call(
            "Filecoin.WalletSignMessage", id, network.MessageTo("t0100", "1"));

        Assert.Equal(1, signed.GetProperty("Signature").GetProperty("Type").GetInt32());
        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void An_ethereum_key_signs_a_call_of_a_contract_and_no_plain_message()
    {
        AccountKey key = network.Keys[0];
        network.Node.Wallet.Add(WalletKey.Of(SignatureType.Delegated, key.Secret.Span));
        string own = $"{new AddressView(key.Address)}";
        string other = $"{new AddressView(network.Keys[1].Address)}";

        JsonElement sent = network.Call("Filecoin.MpoolPushMessage", new
        {
            To = other,
            From = own,
            Value = "5",
            Method = MethodNumber.Exported("InvokeEVM").Value,
        });

        Assert.Equal(3, sent.GetProperty("Signature").GetProperty("Type").GetInt32());
        Assert.Equal(
            $"{TokenAmount.FromFil(100).ToBigInteger() + 5}",
            network.Call("Filecoin.WalletBalance", other).GetString());
        Assert.Contains(
            "delegated signer",
            Error("Filecoin.MpoolPushMessage", new { To = other, From = own, Value = "5" }));
    }

    private string Error(string method, object parameter) =>
        network.Fail(method, parameter).GetProperty("message").GetString()!;
}
