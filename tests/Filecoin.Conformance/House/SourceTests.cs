using System.Text.RegularExpressions;
using Filecoin.TestKit;

namespace Filecoin.Conformance.House;

/// <summary>The form of sources, as far as no analyzer looks at it.</summary>
public sealed partial class SourceTests
{
    private const int ColumnsMax = 100;

    /// <summary>Tables with a row for each fact, and golden values in one piece.</summary>
    private static readonly string[] HasWideRows =
    [
        "src/Filecoin.Vm/Syscalls/SyscallTable.cs",
        "src/Filecoin.Wasm/Instances/WasmtimeNative.cs",
        "tests/Filecoin.Ipld.Tests/Amt/AmtGoldenTests.cs",
        "tests/Filecoin.Ipld.Tests/Car/CarTests.cs",
        "tests/Filecoin.Ipld.Tests/Cbor/CborWriterTests.cs",
        "tests/Filecoin.Ipld.Tests/Cids/CidTests.cs",
        "tests/Filecoin.Ipld.Tests/Hamt/HamtGoldenTests.cs",
        "tests/Filecoin.Ipld.Tests/Kamt/KamtGoldenTests.cs",
        "tests/Filecoin.Ipld.Tests/Kamt/KamtHostileTests.cs",
        "tests/Filecoin.Vm.Tests/HostileActorTests.cs",
    ];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("fuzz")]
    [InlineData("bench")]
    public void No_line_is_wider_than_it_may_be(string folder) =>
        Assert.DoesNotContain(
            Lines(folder, HasWideRows), line => line.Text.Length > ColumnsMax);

    [Fact]
    public void No_private_field_starts_with_an_underscore() =>
        Assert.DoesNotContain(
            Lines("src", []), line => UnderscoredField().IsMatch(line.Text));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(Lines("src", []), line => EmptyName().IsMatch(line.Text));

    [GeneratedRegex(@"^\s*private [^(={]*\b_[a-z]\w*\s*(=|;)")]
    private static partial Regex UnderscoredField();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+(\w*(Helper|Util|Common|Impl)(s|\b)"
        + @"|(Base|Default)[A-Z]\w*|\w+Base\b)")]
    private static partial Regex EmptyName();

    private static IEnumerable<(string Place, string Text)> Lines(
        string folder, string[] without) =>
        Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !Array.Exists(
            without, top => file.StartsWith(top, StringComparison.Ordinal)))
        .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file))
            .Select((line, index) => ($"{file}:{index + 1}", line)));
}
