using System.Text.Json.Nodes;

namespace Filecoin.Rpc.Tests.Methods;

/// <summary>Golden signatures are of ethers 6.17, of the secret key 1.</summary>
public sealed class SigningMethodsTests
{
    private const string Signer = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";

    private const string OfHello =
        "0xe5ddc160e4c8f92de507c7db9b982d4f9b7197bfa421864aeadc586bc96b09ae"
        + "0ba0c5b131650ae4994cff1839341d00f3735ef5abc62ac8fe2cf50f65208e2a1b";

    private const string OfMail =
        "0xb9e230b85dbaeceb69031ad90043083a81debf8bea16b812cf2834f825caac34"
        + "3be56266bdfcd5ad412191a4ccc8cfc89d4424058864be1070b446e550c4e8861b";

    private const string DomainType = """
        "EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
          {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
        """;

    private const string Mail = $$$"""
        {"types":{ {{{DomainType}}}
          "Person":[{"name":"name","type":"string"},{"name":"wallets","type":"address[]"}],
          "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person[2]"},
            {"name":"contents","type":"bytes"},{"name":"sign","type":"int16"},
            {"name":"mark","type":"bytes4"},{"name":"isRead","type":"bool"},
            {"name":"grid","type":"uint8[][]"}]},
        "domain":{"name":"Ether Mail","version":"1","chainId":"0x1df5e76",
          "verifyingContract":"0xcccccccccccccccccccccccccccccccccccccccc"},
        "primaryType":"Mail",
        "message":{
          "from":{"name":"Cow","wallets":["0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826",
            "0xdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef"]},
          "to":[{"name":"Bob","wallets":["0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]},
            {"name":"Zoë","wallets":[]}],
          "contents":"0x48656c6c6f","sign":"-2","mark":"0x01020304","isRead":true,
          "grid":[["1",2],["0xff"]]}}
        """;

    private readonly RpcNetwork network = new();

    [Fact]
    public void A_text_is_signed_with_a_mark_that_no_transaction_has()
    {
        Assert.Equal(OfHello, network.Call("eth_sign", Signer, "0x68656c6c6f").GetString());
        Assert.Equal(OfHello, network.Call("personal_sign", "0x68656c6c6f", Signer).GetString());
        Assert.Equal(
            OfHello, network.Call("personal_sign", "0x68656c6c6f", Signer, "secret").GetString());
    }

    [Fact]
    public void Data_with_types_are_signed_whether_they_come_as_text_or_not()
    {
        Assert.Equal(OfMail, Sign(JsonNode.Parse(Mail)!).GetString());
        Assert.Equal(OfMail, Sign(Mail).GetString());
    }

    [Fact]
    public void A_domain_without_a_type_has_the_fields_that_are_there() => Assert.Equal(
        OfMail, Sign(Mail.Replace(DomainType, "", StringComparison.Ordinal)).GetString());

    [Theory]
    [InlineData("\"isRead\":true", "\"isRead\":1", "isRead is no bool")]
    [InlineData("\"sign\":\"-2\"", "\"sign\":\"-32769\"", "sign is no int16")]
    [InlineData("[\"0xff\"]", "[256]", "grid is no uint8")]
    [InlineData("\"0x01020304\"", "\"0x010203\"", "mark is no bytes4")]
    [InlineData("\"0x01020304\"", "null", "mark is no bytes4")]
    [InlineData("\"bytes4\"", "\"bytes33\"", "there is no type bytes33")]
    [InlineData("\"int16\"", "\"int12\"", "there is no type int12")]
    [InlineData("\"Person[2]\"", "\"Person[3]\"", "to is no Person[3]")]
    [InlineData("\"mark\":\"0x01020304\",", "", "Mail has no mark")]
    [InlineData(
        "\"primaryType\":\"Mail\"", "\"primaryType\":\"Post\"",
        "data with types are an object of types, primaryType, domain and message")]
    [InlineData(
        "\"domain\"", "\"area\"",
        "data with types are an object of types, primaryType, domain and message")]
    public void What_does_not_fit_its_type_is_refused_in_words(
        string part, string instead, string reason) => Assert.Equal(
            reason,
            Refusal(
                "eth_signTypedData_v4",
                Signer,
                Mail.Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public void A_structure_that_is_null_is_signed_as_zeros() => Assert.NotEqual(
        OfMail,
        Sign(Mail.Replace(
            "{\"name\":\"Zoë\",\"wallets\":[]}", "null", StringComparison.Ordinal)).GetString());

    [Fact]
    public void Only_accounts_whose_key_there_is_sign() => Assert.Equal(
        "unknown account 0x1111111111111111111111111111111111111111: the node has no key of it",
        Refusal(
            "personal_sign", "0x00", "0x1111111111111111111111111111111111111111"));

    private string Refusal(string method, params object[] parameters) =>
        network.Fail(method, parameters).GetProperty("message").GetString()!;

    private JsonElement Sign(object data) => network.Call("eth_signTypedData_v4", Signer, data);
}
