namespace Filecoin.Node.Tests.Client;

/// <summary>Arguments and results of contracts as people write them.</summary>
public sealed class AbiValuesTests
{
    private const string First = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    [Fact]
    public void A_call_is_encoded_as_cast_does() => Assert.Equal(
        // cast calldata 'transfer(address,uint256)' FIRST 100, 1.7.1.
        "a9059cbb000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266"
            + "0000000000000000000000000000000000000000000000000000000000000064",
        Convert.ToHexStringLower(
            FunctionSignature.Parse("transfer(address,uint)").Encode([First, "100"])));

    [Fact]
    public void Nested_tuples_are_encoded_as_cast_does() => Assert.Equal(
        // cast abi-encode 'f((uint256,(string,bytes)[]),int8,address[2])', 1.7.1.
        "0000000000000000000000000000000000000000000000000000000000000080"
            + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd"
            + "000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266"
            + "00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8"
            + "0000000000000000000000000000000000000000000000000000000000000007"
            + "0000000000000000000000000000000000000000000000000000000000000040"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0000000000000000000000000000000000000000000000000000000000000020"
            + "0000000000000000000000000000000000000000000000000000000000000040"
            + "0000000000000000000000000000000000000000000000000000000000000080"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "7100000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0900000000000000000000000000000000000000000000000000000000000000",
        Convert.ToHexStringLower(AbiValues.Encode(
            AbiParameters.Parse("(uint256,(string,bytes)[]),int8,address[2]"),
            [
                "(7,[(\"q\",0x09)])", "-3",
                $"[{First},0x70997970C51812dc3A010C7d01b50e0d17dc79C8]",
            ])));

    [Theory]
    [InlineData("uint256",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("int256",
        "-57896044618658097711785492504343953926634992332820282019728792003956564819968")]
    [InlineData("bool[]", "[true, false]")]
    [InlineData("address", First)]
    [InlineData("bytes4", "0x01020304")]
    [InlineData("bytes", "0x")]
    [InlineData("string", "two words, one comma")]
    [InlineData("uint8[2][]", "[[1, 2], [3, 4]]")]
    [InlineData("bytes[2]", "[0x01, 0x0203]")]
    [InlineData("bytes[]", "[]")]
    [InlineData("uint8[3][2]", "[[1, 2, 3], [4, 5, 6]]")]
    public void What_is_encoded_is_decoded(string type, string text)
    {
        Nethereum.ABI.Model.Parameter[] parameters = AbiParameters.Parse(type);
        byte[] encoded = AbiValues.Encode(parameters, [text]);
        Assert.Equal(text, AbiValues.Text(AbiValues.Decode(parameters, encoded)[0]));
    }

    [Theory]
    [InlineData("uint256", "-1")]
    [InlineData("uint256", "abc")]
    [InlineData("uint8", "256")]
    [InlineData("int8", "128")]
    [InlineData("bool", "yes")]
    [InlineData("bytes4", "0x0102030405")]
    [InlineData("bytes", "01")]
    [InlineData("uint8[2]", "[1]")]
    [InlineData("uint8[]", "1,2")]
    [InlineData("uint8[]", "[1,[2]")]
    [InlineData("(uint8,bool)", "(1)")]
    [InlineData("address", "f1agtjmoyltmienyjokyfyqyggpbnmd7tsjd2ngrq")]
    [InlineData("uint9", "1")]
    [InlineData("(", "1")]
    public void What_does_not_fit_is_refused(string type, string text) =>
        Assert.Throws<ClientException>(
            () => AbiValues.Encode(AbiParameters.Parse(type), [text]));

    [Theory]
    [InlineData("string", 5)]
    [InlineData("string", 0x20)]
    [InlineData("string", 0x20, 0x21, 0)]
    [InlineData("bytes", -1, 0)]
    [InlineData("uint256[]", 0x20, 2, 7)]
    [InlineData("uint256[]", 0x20, -1)]
    [InlineData("string[]", 0x20, 1, 0x40)]
    [InlineData("string[2]", 0x20, 0x40, 0x60, 0)]
    [InlineData("uint256[2]", 1)]
    [InlineData("(uint256,string)", 0x20, 1, 0x60)]
    [InlineData("uint256,string", 1, 0x60)]
    [InlineData("uint256[2147483647][2147483647][2147483647]", 1)]
    public void What_points_outside_what_is_returned_is_refused(string types, params int[] words)
    {
        byte[] returned = new byte[32 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            returned.AsSpan(32 * i, 28).Fill(words[i] < 0 ? (byte)0xff : (byte)0);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
                returned.AsSpan((32 * i) + 28), words[i]);
        }

        ClientException refusal = Assert.Throws<ClientException>(
            () => AbiValues.Decode(AbiParameters.Parse(types), returned));

        Assert.StartsWith("what is returned is no (", refusal.Message);
    }

    [Fact]
    public void Solidity_signatures_are_read()
    {
        FunctionSignature signature = FunctionSignature.Parse(
            "function get(address who, (uint256 a, bool b) item) view returns (uint256, string)");
        Assert.Equal("get", signature.Name);
        Assert.Equal("(address,(uint256,bool))", AbiParameters.Text(signature.Inputs));
        Assert.Equal("(uint256,string)", AbiParameters.Text(signature.Outputs!));
    }
}
