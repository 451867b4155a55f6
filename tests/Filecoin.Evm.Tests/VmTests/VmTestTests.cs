using Filecoin.TestKit;
using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.VmTests;

/// <summary>Ethereum's VMTests: each case passes, or is listed with its reason.</summary>
public sealed class VmTestTests(ITestOutputHelper output)
{
    private const string Folder = "vectors/evm/vmtests";
    private const string ExclusionFile = "VmTests/exclusions.txt";

    public static TheoryData<string> Groups() => new(
        SharedData.TryFind(out _)
            ? Directory.GetDirectories(SharedData.Path(Folder))
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal)
            : ["(none)"]);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_case_passes_or_is_listed_as_one_that_does_not_apply(string group)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Dictionary<string, string> excluded = Exclusions();
        List<string> wrong = [];
        int passed = 0;
        foreach (string file in Directory.GetFiles(
            SharedData.Path($"{Folder}/{group}"), "*.json").Order(StringComparer.Ordinal))
        {
            string name = $"{group}/{Path.GetFileNameWithoutExtension(file)}";
            string? difference = Run(VmTestCase.Read(file));
            passed += difference is null ? 1 : 0;
            if (difference is null == excluded.ContainsKey(name))
            {
                wrong.Add($"{name}: {difference ?? "is listed, but passes"}");
            }
        }

        output.WriteLine($"{group}: {passed} pass");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_case_that_is_listed_exists_and_has_a_reason()
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);

        Assert.All(Exclusions(), pair =>
        {
            Assert.True(File.Exists(SharedData.Path($"{Folder}/{pair.Key}.json")));
            Assert.NotEmpty(pair.Value);
        });
    }

    private static string? Run(VmTestCase test)
    {
        EvmWorld world = test.World();
        EvmResult result = world.Run(test.Invocation());
        return test.Difference(world, result);
    }

    // GROUP/CASE REASON
    private static Dictionary<string, string> Exclusions() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, ExclusionFile))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");
}
