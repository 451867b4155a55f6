using Filecoin.Wasm.Reading;
using Filecoin.Wasm.StackLimiter;
using Wasmtime;

namespace Filecoin.Wasm.Tests.StackLimiter;

public sealed class StackCostTests
{
    [Theory]
    // Worked values of the specification.
    [InlineData("", 2, 2)]
    [InlineData("i32.const 1 drop", 3, 3)]
    [InlineData("(param i32 i32) (result i32) local.get 0 local.get 1 i32.add", 4, 4)]
    [InlineData("(local i64 i64 i32)", 4, 5)]
    // A frame opened in dead code counts, dead code itself does not.
    [InlineData("unreachable i32.const 1 i32.const 2 drop drop", 2, 2)]
    [InlineData("unreachable block i32.const 1 i32.const 2 drop drop end", 4, 4)]
    // Dead code before an else makes the else dead; what it leaves on the stack is still there.
    [InlineData("i32.const 0 if unreachable else i32.const 1 i32.const 2 drop drop end", 3, 3)]
    [InlineData(
        "i32.const 0 if (result i32) i32.const 1 else i32.const 1 i32.const 2 i32.add end drop",
        5,
        5)]
    // The last operator's height is never looked at.
    [InlineData("(result i32) i32.const 1", 3, 3)]
    [InlineData("(result i32) (block (result i32) (br 0 (i32.const 7)))", 3, 3)]
    public void Costs_are_those_of_the_reference(string body, int current, int legacy)
    {
        Assert.Equal(current, CostOf($"(module (func {body}))", RewriteRules.Hygge));
        Assert.Equal(legacy, CostOf($"(module (func {body}))", RewriteRules.Shark));
    }

    [Fact]
    public void Older_passes_see_dead_code_behind_a_memory_copy()
    {
        const string Module = """
            (module (memory 1) (func
              (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
              i32.const 1 i32.const 2 i32.const 3 i32.const 4 drop drop drop drop))
            """;
        Assert.Equal(6, CostOf(Module, RewriteRules.Hygge));
        Assert.Equal(5, CostOf(Module, RewriteRules.Shark));
    }

    [Fact]
    public void Groups_of_locals_count_as_they_stand_in_the_binary()
    {
        byte[] twoGroupsOfOneType =
        [
            .. "\0asm\x01\0\0\0"u8,
            1, 4, 1, 0x60, 0, 0,
            3, 2, 1, 0,
            10, 8, 1, 6, 2, 1, 0x7F, 9, 0x7F, 0x0B,
        ];
        Assert.Equal(4, CostOf(twoGroupsOfOneType, RewriteRules.Hygge));
        Assert.Equal(12, CostOf(twoGroupsOfOneType, RewriteRules.Shark));
    }

    [Fact]
    public void Walking_below_the_frame_in_dead_code_is_refused_as_by_the_reference()
    {
        const string Body = "(func (param i32 i32 i32)) (func unreachable call 0)";
        WasmRefusedException refusal = Assert.Throws<WasmRefusedException>(
            () => CostOf($"(module {Body})", RewriteRules.Hygge));
        Assert.Equal(RefusalStage.StackLimiter, refusal.Stage);
    }

    private static int CostOf(string text, RewriteRules rules) =>
        CostOf(Module.ConvertText(text), rules);

    private static int CostOf(byte[] wasm, RewriteRules rules)
    {
        WasmModule module = ModuleReader.Read(wasm);
        return new LimitedModule(wasm, module, rules).CostOf(0);
    }
}
