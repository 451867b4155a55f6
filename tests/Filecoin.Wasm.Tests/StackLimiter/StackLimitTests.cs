using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.StackLimiter;

public sealed class StackLimitTests
{
    private const int Limit = 2048;

    /// <summary>An exported function, 3 slots, that calls itself as often as it is told.</summary>
    private const string Recursion = """
        (module (func $down (export "down") (param i32)
          (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1)))))))
        """;

    // $down: the frame's 2 slots, and 2 values at most. 2048 / 4 = 512 activations fit.
    [Theory]
    [InlineData(511, true)]
    [InlineData(512, false)]
    public void Recursion_traps_at_the_limit_exactly(int calls, bool fits)
    {
        TrapCode? trap = Run(Recursion, RewriteRules.Hygge, calls);
        Assert.Equal(fits ? null : TrapCode.Unreachable, trap);
    }

    [Fact]
    public void A_table_entry_and_the_start_function_count_as_well()
    {
        const string Indirect = """
            (module (table 1 funcref) (elem (i32.const 0) $down) (type $t (func (param i32)))
              (func $down (export "down") (param i32) (if (local.get 0) (then
                (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))))
            """;
        Assert.Null(Run(Indirect, RewriteRules.Hygge, (Limit / 4) - 1));
        Assert.Equal(TrapCode.Unreachable, Run(Indirect, RewriteRules.Hygge, Limit / 4));
        const string Start = """
            (module (start $s) (func $s (call $t)) (func $t (call $s)))
            """;
        Assert.Equal(TrapCode.Unreachable, Run(Start, RewriteRules.Hygge, 0));
    }

    [Fact]
    public void Slots_are_released_when_a_call_returns()
    {
        const string Loop = """
            (module (func $leaf (param i32)) (func (export "down") (param i32)
              (loop (call $leaf (local.get 0))
                (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
            """;
        Assert.Null(Run(Loop, RewriteRules.Hygge, 10 * Limit));
    }

    private static TrapCode? Run(string text, RewriteRules rules, int calls)
    {
        Module? module = RewrittenModule.Build(
            Module.ConvertText(text), rules, out _, out string reason);
        Assert.True(module is not null, reason);
        using ScriptStore store = new();
        Instance? instance = store.Instantiate(module, out _, out TrapCode? trap);
        if (instance is not null)
        {
            WasmValue argument = WasmValue.Of(calls);
            _ = store.Call(instance.GetFunction("down")!, [argument], out _, out trap);
        }

        return trap;
    }
}
