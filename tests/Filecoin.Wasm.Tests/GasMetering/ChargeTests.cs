using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.GasMetering;

/// <summary>
/// Milligas of whole calls; entering through a thunk costs 52 gas, and 4 a parameter.
/// </summary>
public sealed class ChargeTests
{
    private const long Entry = 56_000;
    private const long Unit = 4_000;

    [Theory]
    // nop, drop, block, loop, end, return, else and unreachable are free.
    [InlineData("nop block nop end loop end return", 0, 0)]
    [InlineData("i32.const 1 drop", 1, 1)]
    [InlineData("local.get 0 if nop else nop end", 2, 2)]
    // Straight-line code behind a loop that nothing leaves merges with what stands before it.
    [InlineData("loop nop end i32.const 1 drop", 1, 1)]
    // Dead code behind unreachable is paid with its block, behind br it is not.
    [InlineData("block br 0 i32.const 1 drop end", 1, 1)]
    [InlineData("return i32.const 1 drop", 0, 0)]
    // A br_table whose default alone leaves the inner block does not split it in the newer
    // passes, so that the skipped constant is paid for.
    [InlineData("block loop local.get 0 br_table 0 1 end i32.const 1 drop end", 3, 2)]
    public void A_call_costs_what_its_metered_blocks_cost(string body, int current, int legacy)
    {
        string text = $"(module (func (export \"f\") (param i32) {body}))";
        Assert.Equal(Entry + (current * Unit), Call(text, RewriteRules.Hygge, 1));
        Assert.Equal(Entry + (legacy * Unit), Call(text, RewriteRules.Shark, 1));
    }

    [Fact]
    public void A_direct_call_costs_the_guard_besides()
    {
        const string Text = "(module (func $g) (func (export \"f\") (param i32) call $g))";
        Assert.Equal(Entry + (13 * Unit), Call(Text, RewriteRules.Hygge, 0));
    }

    [Theory]
    [InlineData("memory.grow drop", 26_214_400)]
    [InlineData("(memory.fill (i32.const 0) (i32.const 0) (local.get 0))", 400)]
    [InlineData("(memory.copy (i32.const 0) (i32.const 0) (local.get 0))", 400)]
    [InlineData("(memory.init 0 (i32.const 0) (i32.const 0) (local.get 0))", 400)]
    [InlineData("(table.fill (i32.const 0) (table.get (i32.const 0)) (local.get 0))", 3_200)]
    [InlineData("(table.copy (i32.const 0) (i32.const 0) (local.get 0))", 3_200)]
    [InlineData("(table.init 0 (i32.const 0) (i32.const 0) (local.get 0))", 3_200)]
    public void A_size_is_paid_by_unit_whether_it_is_known_or_not(string body, long perUnit)
    {
        const string Head =
            "(memory 1) (table 8 funcref) (data \"abcdefgh\") (elem func 0 0 0 0 0 0 0 0)";
        string dynamic = body.Contains("local.get", StringComparison.Ordinal)
            ? body
            : $"local.get 0 {body}";
        string folded = dynamic.Replace("local.get 0", "i32.const 5", StringComparison.Ordinal);
        long zero = Call($"(module {Head} (func (export \"f\") (param i32) {dynamic}))", 0);
        long five = Call($"(module {Head} (func (export \"f\") (param i32) {dynamic}))", 5);
        long literal = Call($"(module {Head} (func (export \"f\") (param i32) {folded}))", 0);
        Assert.Equal(zero + (5 * perUnit), five);
        Assert.Equal(five, literal);
    }

    [Fact]
    public void A_size_is_unsigned_and_paid_even_if_the_instruction_then_traps()
    {
        const string Text = """
            (module (memory 1) (func (export "f") (param i32)
              (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))
            """;
        long used = Call(Text, RewriteRules.Hygge, -1, TrapCode.MemoryOutOfBounds);
        Assert.Equal(Entry + (4 * Unit) + (uint.MaxValue * 400L), used);
        Assert.Equal(Entry + (4 * Unit), Call(Text, RewriteRules.Shark, 0));
    }

    [Fact]
    public void The_specifications_endless_loop_runs_out_of_gas()
    {
        const string Text = """
            (module (func (export "f") (param i32) (loop (br 0)) (drop (i32.const 1))))
            """;
        // The charge that fails is still taken off: the counter is left below zero.
        long used = Call(Text, RewriteRules.Hygge, 0, TrapCode.Unreachable, 100 * Unit);
        Assert.Equal(101 * Unit, used);
    }

    private static long Call(string text, int argument) =>
        Call(text, RewriteRules.Hygge, argument);

    private static long Call(
        string text,
        RewriteRules rules,
        int argument,
        TrapCode? expected = null,
        long counter = ScriptStore.FullCounter)
    {
        Module? module = RewrittenModule.Build(
            Module.ConvertText(text), rules, out _, out string reason);
        Assert.True(module is not null, reason);
        using ScriptStore store = new(counter);
        Instance instance = store.Instantiate(module, out _, out _)!;
        Function function = instance.GetFunction("f")!;
        _ = store.Call(function, [WasmValue.Of(argument)], out long used, out TrapCode? trap);
        Assert.Equal(expected, trap);
        return used;
    }
}
