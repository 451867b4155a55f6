using System.Globalization;
using System.Text.Json;
using Filecoin.TestKit;
using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.Metering;

/// <summary>The WebAssembly suite as the reference's passes and engine run it.</summary>
public sealed class MeteringVectorTests
{
    private const string Folder = "vectors/wasm-metering";
    private const int ScriptCount = 67;

    public static TheoryData<string> Scripts() => new(
        SharedData.TryFind(out _)
            ? Directory.GetFiles(SharedData.Path(Folder), "*.json.gz")
                .Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal)
            : ["(none)"]);

    [Fact]
    public void All_scripts_are_there()
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.Equal(ScriptCount, Scripts().Count);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Refusals_results_traps_and_milligas_are_the_references(string script)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        MeteringVector vector =
            MeteringVector.Load(Path.Combine(SharedData.Path(Folder), script));
        // The vectors were made without the pooling allocator, which allows one table alone.
        RewriteRules rules = RewriteRules.Hygge with
        {
            StackSlotsMax = vector.StackSlotsMax,
            TablesMax = int.MaxValue,
        };
        List<string> differences = [];
        foreach (MeteredModule module in vector.Modules)
        {
            Check(module, rules, differences);
        }

        Assert.True(
            differences.Count == 0,
            $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    private static void Check(MeteredModule vector, RewriteRules rules, List<string> differences)
    {
        Module? module =
            RewrittenModule.Build(vector.Wasm, rules, out string step, out string reason);
        if (vector.RefusedBy is not null || module is null)
        {
            Compare(
                vector, "refused by", vector.RefusedBy ?? "", step, reason, differences);
            return;
        }

        if (vector.NotRun is null)
        {
            Run(vector, module, differences);
        }
    }

    private static void Run(MeteredModule vector, Module module, List<string> differences)
    {
        using ScriptStore store = new();
        Spectest.DefineAll(store);
        Instance? instance = store.Instantiate(module, out long used, out TrapCode? trap);
        MeteredRun expected = vector.Instantiate!;
        CompareRun(vector, "instantiate", expected, [], used, trap, differences);
        foreach (MeteredRun call in instance is null ? [] : vector.Calls!)
        {
            WasmValue[] arguments = Array.ConvertAll(call.Arguments!, ParseArgument);
            Function function = instance!.GetFunction(call.Export!)!;
            object? result = store.Call(function, arguments, out used, out trap);
            WasmValue[] results = function.Results.Count == 1 && trap is null
                ? [WasmValue.Of(result)]
                : [];
            CompareRun(vector, call.Export!, call, results, used, trap, differences);
        }
    }

    private static void CompareRun(
        MeteredModule vector,
        string what,
        MeteredRun expected,
        WasmValue[] results,
        long used,
        TrapCode? trap,
        List<string> differences)
    {
        Compare(vector, what, expected.Trap ?? "", NameOf(trap), "trap", differences);
        Compare(vector, what, $"{expected.Gas}", $"{used}", "milligas", differences);
        if (expected.Trap is null)
        {
            string wanted = string.Join(
                ' ', Array.ConvertAll(expected.Results ?? [], ParseResult));
            Compare(vector, what, wanted, string.Join(' ', results), "results", differences);
        }
    }

    private static void Compare(
        MeteredModule vector,
        string what,
        string expected,
        string actual,
        string detail,
        List<string> differences)
    {
        if (expected != actual)
        {
            differences.Add(
                $"line {vector.Line}, {what}: expected {expected}, not {actual} ({detail})");
        }
    }

    private static WasmValue ParseArgument(JsonElement value) => Parse(
        value.GetProperty("type").GetString()!, value.GetProperty("value"));

    private static WasmValue ParseResult(JsonElement value) =>
        Parse(value[0].GetString()!, value[1]);

    private static WasmValue Parse(string type, JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.Null ? "null" : value.GetString()!;
        return type switch
        {
            "i32" => new(ValueKind.Int32, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "i64" => new(ValueKind.Int64, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "f32" => new(ValueKind.Float32, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "f64" => new(ValueKind.Float64, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "funcref" => new(ValueKind.FuncRef, text == "null" ? 0UL : 1UL),
            _ => throw new NotSupportedException(type),
        };
    }

    private static string NameOf(TrapCode? trap) => trap switch
    {
        null => "",
        TrapCode.Unreachable => "UnreachableCodeReached",
        _ => trap.Value.ToString(),
    };
}
