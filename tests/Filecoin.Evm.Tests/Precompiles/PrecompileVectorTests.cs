using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Evm.Tests.Precompiles;

/// <summary>
/// go-ethereum's core/vm/testdata/precompiles, where the shared folder has them; they hold
/// builtin-actors' precompile-testdata and the cases of EIP-2537 and EIP-7951.
/// </summary>
public sealed class PrecompileVectorTests(ITestOutputHelper output)
{
    private const string Folder = "vectors/evm/precompiles";

    [Theory]
    [InlineData("ecRecover", 0x01)]
    [InlineData("modexp", 0x05)]
    [InlineData("modexp_eip2565", 0x05)]
    [InlineData("modexp_eip7883", 0x05)]
    [InlineData("bn256Add", 0x06)]
    [InlineData("bn256ScalarMul", 0x07)]
    [InlineData("bn256Pairing", 0x08)]
    [InlineData("blake2F", 0x09)]
    [InlineData("fail-blake2f", 0x09)]
    [InlineData("blsG1Add", 0x0b)]
    [InlineData("fail-blsG1Add", 0x0b)]
    [InlineData("blsG1Mul", 0x0c)]
    [InlineData("fail-blsG1Mul", 0x0c)]
    [InlineData("blsG1MultiExp", 0x0c)]
    [InlineData("fail-blsG1MultiExp", 0x0c)]
    [InlineData("blsG2Add", 0x0d)]
    [InlineData("fail-blsG2Add", 0x0d)]
    [InlineData("blsG2Mul", 0x0e)]
    [InlineData("fail-blsG2Mul", 0x0e)]
    [InlineData("blsG2MultiExp", 0x0e)]
    [InlineData("fail-blsG2MultiExp", 0x0e)]
    [InlineData("blsPairing", 0x0f)]
    [InlineData("fail-blsPairing", 0x0f)]
    [InlineData("blsMapG1", 0x10)]
    [InlineData("fail-blsMapG1", 0x10)]
    [InlineData("blsMapG2", 0x11)]
    [InlineData("fail-blsMapG2", 0x11)]
    [InlineData("p256Verify", 0x100)]
    public void Every_input_gives_the_output_or_fails(string file, int address)
    {
        Assert.SkipUnless(
            SharedData.TryFind(out string root) && Directory.Exists($"{root}/{Folder}"),
            "no vectors/evm/precompiles in the shared folder");
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(SharedData.Path($"{Folder}/{file}.json")));
        List<string> wrong = [];
        foreach (JsonElement test in document.RootElement.EnumerateArray())
        {
            string? expected = test.TryGetProperty("Expected", out JsonElement value)
                ? value.GetString()
                : null;
            string? actual = PrecompileCall.Run(address, test.GetProperty("Input").GetString()!);
            if (actual != expected)
            {
                wrong.Add($"{test.GetProperty("Name")}: {actual ?? "failed"}, not {expected}");
            }
        }

        output.WriteLine($"{document.RootElement.GetArrayLength()} cases");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
