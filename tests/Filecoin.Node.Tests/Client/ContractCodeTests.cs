namespace Filecoin.Node.Tests.Client;

/// <summary>Files of compilers, each in the form of its own.</summary>
public sealed class ContractCodeTests : IDisposable
{
    private const string Abi = """
        [{"type":"constructor","inputs":
          [{"name":"a","type":"tuple[]","components":[{"name":"b","type":"uint"}]}]}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-abi").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"contractName":"C","abi":ABI,"bytecode":"0x6001"}""")]
    [InlineData("""{"abi":ABI,"bytecode":{"object":"0x6001"}}""")]
    [InlineData("""
        {"contracts":{"C.sol":{"I":{"abi":[],"evm":{"bytecode":{"object":""}}},
          "C":{"abi":ABI,"evm":{"bytecode":{"object":"6001"}}}}}}
        """)]
    [InlineData("""
        {"contracts":{"C.sol:I":{"abi":[],"bin":""},"C.sol:C":{"abi":ABI,"bin":"6001"}}}
        """)]
    public void Each_form_gives_code_and_constructor(string json)
    {
        ContractCode code = ContractCode.Read(Write(json), null);
        Assert.Equal(("C", "6001"), (code.Name, Convert.ToHexString(code.Code)));
        Assert.Equal("((uint256)[])", AbiParameters.Text(code.Constructor!));
    }

    [Theory]
    [InlineData("""{"abi":[],"bytecode":"0x60__$0123456789$__01"}""", "a library's address")]
    [InlineData("""{"abi":[],"bytecode":"0x"}""", "no contract with code")]
    [InlineData("""{"contracts":{"a:A":{"bin":"60"},"a:B":{"bin":"60"}}}""", "--contract: A, B")]
    [InlineData("""{"abi":""", "C.json: ")]
    [InlineData("code", "neither code in hexadecimal nor JSON")]
    public void What_is_no_whole_contract_is_refused(string json, string reason)
    {
        ClientException refusal = Assert.Throws<ClientException>(
            () => ContractCode.Read(Write(json), null));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private string Write(string json)
    {
        string file = Path.Combine(folder, "C.json");
        File.WriteAllText(file, json.Replace("ABI", Abi, StringComparison.Ordinal));
        return file;
    }
}
