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

    private static readonly (string Name, int Address)[] All =
    [
        ("ecRecover", 0x01),
        ("modexp", 0x05),
        ("modexp_eip2565", 0x05),
        ("modexp_eip7883", 0x05),
        ("bn256Add", 0x06),
        ("bn256ScalarMul", 0x07),
        ("bn256Pairing", 0x08),
        ("blake2F", 0x09),
        ("fail-blake2f", 0x09),
        ("blsG1Add", 0x0b),
        ("fail-blsG1Add", 0x0b),
        ("blsG1Mul", 0x0c),
        ("fail-blsG1Mul", 0x0c),
        ("blsG1MultiExp", 0x0c),
        ("fail-blsG1MultiExp", 0x0c),
        ("blsG2Add", 0x0d),
        ("fail-blsG2Add", 0x0d),
        ("blsG2Mul", 0x0e),
        ("fail-blsG2Mul", 0x0e),
        ("blsG2MultiExp", 0x0e),
        ("fail-blsG2MultiExp", 0x0e),
        ("blsPairing", 0x0f),
        ("fail-blsPairing", 0x0f),
        ("blsMapG1", 0x10),
        ("fail-blsMapG1", 0x10),
        ("blsMapG2", 0x11),
        ("fail-blsMapG2", 0x11),
        ("p256Verify", 0x100),
    ];

    /// <summary>The files and the contracts they are for; none without the folder.</summary>
    public static TheoryData<string, int> Files =>
        SharedData.TryFind(out string root) && Directory.Exists($"{root}/{Folder}")
            ? new(All)
            : [];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Every_input_gives_the_output_or_fails(string file, int address)
    {
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
