using Wasmtime;

namespace Filecoin.Wasm.Tests.Reading;

/// <summary>Each feature outside the language is refused, by name and before the passes.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("(func (result i32 i32) unreachable)", "multi-value")]
    [InlineData("(func (block (param i32) drop))", "multi-value")]
    [InlineData("(func (param v128))", "SIMD")]
    [InlineData("(func (drop (v128.const i64x2 0 0)))", "SIMD")]
    [InlineData("(func return_call 0)", "tail calls")]
    [InlineData("(func (param externref))", "externref")]
    [InlineData("(table 1 externref)", "externref")]
    [InlineData("(tag) (func throw 0)", "exceptions")]
    [InlineData("(func (try_table))", "exceptions")]
    [InlineData("(type (struct))", "GC types")]
    [InlineData("(type (func)) (func (param (ref 0)))", "typed function references")]
    [InlineData("(type (func)) (func (call_ref 0))", "typed function references")]
    [InlineData("(memory i64 1)", "64-bit memory")]
    [InlineData("(table i64 1 funcref)", "64-bit table")]
    [InlineData("(memory 1 1 shared)", "shared memory")]
    [InlineData("(memory 1) (memory 1)", "multi-memory")]
    [InlineData("(import \"a\" \"b\" (memory 1)) (memory 1)", "multi-memory")]
    [InlineData("(memory 1 (pagesize 1))", "page size")]
    [InlineData("(memory 1) (func (drop (i32.atomic.load (i32.const 0))))", "threads")]
    [InlineData("(global i32 (i32.add (i32.const 1) (i32.const 1)))", "extended constant")]
    [InlineData("(global i32 (i32.const 1)) (global i32 (global.get 0))", "imported globals")]
    [InlineData("(func (i64.add128))", "0xfc 19")]
    public void What_is_off_is_refused_by_name(string body, string word)
    {
        WasmRefusedException refusal = Refuse(body, RewriteRules.Hygge);
        Assert.Equal(RefusalStage.Validate, refusal.Stage);
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Offset >= 8);
    }

    [Theory]
    [InlineData("(memory 1)", "no function section")]
    [InlineData("(func (drop (ref.null func)))", "RefNull")]
    [InlineData("(func (drop (ref.func 0))) (elem declare func 0)", "RefFunc")]
    [InlineData("(func (drop (ref.is_null (ref.null func))))", "RefNull")]
    [InlineData(
        "(func (drop (select (result i32) (i32.const 1) (i32.const 1) (i32.const 1))))",
        "SelectTyped")]
    public void What_the_stack_limiter_cannot_count_is_refused(string body, string word) =>
        Expect(body, RewriteRules.Hygge, RefusalStage.StackLimiter, word);

    [Theory]
    [InlineData("(func) (memory 1) (data (global.get 0) \"a\")", "data segment")]
    [InlineData("(func) (table 1 funcref) (elem funcref (ref.func 0))", "expressions")]
    [InlineData("(memory 1) (func (drop (memory.grow (i32.const -1))))", "negative")]
    public void What_cannot_be_metered_is_refused(string body, string word)
    {
        string import = body.Contains("global.get", StringComparison.Ordinal)
            ? "(import \"a\" \"b\" (global i32))"
            : "";
        Expect(import + body, RewriteRules.Hygge, RefusalStage.GasMetering, word);
    }

    [Fact]
    public void A_module_may_not_import_the_gas_counter_itself()
    {
        const string Counter = "(import \"gas\" \"gas_counter\" (global (mut i64))) (func)";
        Expect(Counter, RewriteRules.Hygge, RefusalStage.GasMetering, "imports the gas counter");
    }

    [Theory]
    [InlineData("(func (drop (i32.extend8_s (i32.const 0))))", "I32Extend8S")]
    [InlineData("(func (drop (i32.trunc_sat_f32_s (f32.const 0))))", "I32TruncSatF32S")]
    [InlineData("(table 1 funcref) (func (drop (table.size 0)))", "TableSize")]
    [InlineData("(func (param funcref))", "funcref")]
    [InlineData("(func (local funcref))", "funcref")]
    [InlineData("(func) (global funcref (ref.null func))", "funcref")]
    [InlineData("(func (drop (block (result funcref) unreachable)))", "funcref")]
    [InlineData("(table 1 funcref) (func) (elem func 0)", "flags 1")]
    [InlineData(
        """
        (memory 1) (data "") (data "")
        (func (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 0)))
        """,
        "MemoryInit")]
    public void The_older_passes_refuse_more(string body, string word)
    {
        Expect(body, RewriteRules.Shark, RefusalStage.StackLimiter, word);
        Assert.NotEmpty(ModuleRewriter.Rewrite(Text(body), RewriteRules.Hygge));
    }

    [Theory]
    [InlineData("(table 20001 funcref)", "20001 elements")]
    [InlineData("(memory 8193)", "8193 pages")]
    [InlineData("(table 1 funcref) (table 1 funcref)", "2 tables")]
    public void Declared_sizes_that_no_instance_could_have_are_refused(string body, string word)
    {
        Expect($"(func) {body}", RewriteRules.Hygge, RefusalStage.Validate, word);
        Assert.NotEmpty(ModuleRewriter.Rewrite(Text($"(func) {body}"), RewriteRules.Shark));
    }

    [Fact]
    public void The_largest_sizes_are_accepted()
    {
        byte[] wasm = Text("(func) (table 20000 funcref) (memory 8192 65536)");
        Assert.NotEmpty(ModuleRewriter.Rewrite(wasm, RewriteRules.Hygge));
    }

    private static void Expect(string body, RewriteRules rules, RefusalStage stage, string word)
    {
        WasmRefusedException refusal = Refuse(body, rules);
        Assert.Equal(stage, refusal.Stage);
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    private static WasmRefusedException Refuse(string body, RewriteRules rules) =>
        Assert.Throws<WasmRefusedException>(() => _ = ModuleRewriter.Rewrite(Text(body), rules));

    private static byte[] Text(string body) => Module.ConvertText($"(module {body})");
}
