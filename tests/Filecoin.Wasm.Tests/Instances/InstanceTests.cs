using Filecoin.Wasm.Instances;

namespace Filecoin.Wasm.Tests.Instances;

public sealed class InstanceTests
{
    private const string Call = """
        (import "host" "call" (func $call (param i32) (result i32)))
        (memory (export "memory") 1)
        """;

    private const string Forward = $"""
        (module {Call}
          (func (export "invoke") (param i32) (result i32) (call $call (local.get 0))))
        """;

    [Fact]
    public void A_host_function_gets_its_argument_and_gives_the_result()
    {
        using WasmInstance instance = new TestHost(x => (int)x * 3).Open(TestHost.Compile(Forward));

        Assert.Equal(new(WasmEnd.Returned, 21, null), instance.Call("invoke"u8, 7));
    }

    [Fact]
    public void An_entry_through_its_thunk_costs_what_the_passes_say()
    {
        using WasmInstance instance = new TestHost(x => 0).Open(TestHost.Compile(Forward));
        long before = instance.GasCounter;

        _ = instance.Call("invoke"u8, 7);

        // The thunk 56 gas; local.get and call 4 each.
        Assert.Equal(64_000, before - instance.GasCounter);
    }

    [Fact]
    public void A_host_function_can_stop_the_instance()
    {
        using WasmInstance instance = new TestHost(x => null).Open(TestHost.Compile(Forward));

        Assert.Equal(WasmEnd.Stopped, instance.Call("invoke"u8, 7).End);
    }

    [Fact]
    public void An_exception_of_the_host_comes_out_of_the_call()
    {
        using WasmInstance instance =
            new TestHost(x => throw new InvalidDataException("mine"))
                .Open(TestHost.Compile(Forward));

        InvalidDataException thrown =
            Assert.Throws<InvalidDataException>(() => instance.Call("invoke"u8, 7));

        Assert.Equal("mine", thrown.Message);
    }

    [Fact]
    public void An_empty_counter_traps_and_stays_below_zero()
    {
        using WasmInstance instance = new TestHost(x => 0).Open(TestHost.Compile(Forward));
        instance.GasCounter = 63_999;

        WasmOutcome outcome = instance.Call("invoke"u8, 7);

        Assert.Equal(WasmEnd.Trapped, outcome.End);
        Assert.True(instance.GasCounter < 0);
    }

    [Theory]
    [InlineData("unreachable", "unreachable code reached")]
    [InlineData("(drop (i32.load (i32.const -1)))", "memory access out of bounds")]
    [InlineData("(drop (i32.div_u (i32.const 1) (i32.const 0)))", "integer division by zero")]
    public void A_trap_says_what_it_is(string code, string reason)
    {
        CompiledModule module = TestHost.Compile(
            $"(module {Call} (func (export \"invoke\") (param i32) (result i32)"
            + $" {code} (i32.const 0)))");
        using WasmInstance instance = new TestHost(x => 0).Open(module);

        Assert.Equal(new(WasmEnd.Trapped, 0, reason), instance.Call("invoke"u8, 0));
    }

    [Fact]
    public void The_start_function_runs_once_the_counter_is_filled()
    {
        CompiledModule module = TestHost.Compile($"""
            (module {Call} (global $g (mut i32) (i32.const 1))
              (func $init (global.set $g (call $call (i32.const 5))))
              (start $init)
              (func (export "invoke") (param i32) (result i32) (global.get $g)))
            """);
        using WasmInstance instance = new TestHost(x => (int)x + 1).Open(module);

        Assert.Equal(6, instance.Call("invoke"u8, 0).Result);
    }

    [Fact]
    public void Growth_stops_at_the_memory_limit()
    {
        CompiledModule module = TestHost.Compile($"""
            (module {Call} (func (export "invoke") (param i32) (result i32)
              (memory.grow (local.get 0))))
            """);
        using WasmInstance instance = new TestHost(x => 0).Open(module, 10 << 16);

        Assert.Equal(-1, instance.Call("invoke"u8, 10).Result);
        Assert.Equal(1, instance.Call("invoke"u8, 9).Result);
        Assert.Equal(10 << 16, instance.MemoryBytes);
    }

    [Fact]
    public void A_memory_above_the_limit_cannot_be_instantiated()
    {
        using WasmInstance instance =
            new(TestHost.Compile(Forward), new TestHost(x => 0), new(65_535, 20_000));

        Assert.Equal(WasmEnd.Trapped, instance.Instantiate(0).End);
    }

    [Fact]
    public void A_new_instance_sees_nothing_of_the_one_before()
    {
        CompiledModule module = TestHost.Compile($"""
            (module {Call} (data (i32.const 0) "\05")
              (func (export "invoke") (param i32) (result i32)
                (i32.load (i32.const 0))
                (i32.store (i32.const 0) (i32.const 9))))
            """);
        for (int i = 0; i < 3; i++)
        {
            using WasmInstance instance = new TestHost(x => 0).Open(module);
            Assert.Equal(5, instance.Call("invoke"u8, 0).Result);
        }
    }

    [Fact]
    public void An_import_that_the_host_lacks_is_named()
    {
        WasmRefusedException refusal = Assert.Throws<WasmRefusedException>(() => TestHost.Compile(
            "(module (import \"host\" \"no\" (func)) (memory (export \"memory\") 1) (func))"));

        Assert.Equal(RefusalStage.Link, refusal.Stage);
        Assert.Contains("host", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_nest_1025_deep_each_with_a_full_stack()
    {
        // 1,000 frames of 40 locals that stay alive across the call.
        string locals = string.Concat(Enumerable.Range(0, 40).Select(
            i => $"(local.set {i + 1} (i64.add (local.get {i}) (i64.const {i})))"));
        string sum = string.Concat(Enumerable.Range(0, 40).Select(
            i => $"(local.set 0 (i64.xor (local.get 0) (local.get {i + 1})))"));
        string declared = string.Concat(Enumerable.Repeat("i64 ", 40));
        CompiledModule module = TestHost.Compile($"""
            (module {Call}
              (func $down (param i64) (result i64) (local {declared})
                {locals}
                (if (i64.gt_s (local.get 0) (i64.const 0))
                  (then (local.set 0 (call $down (i64.sub (local.get 0) (i64.const 1)))))
                  (else (drop (call $call (i32.const 1)))))
                {sum}
                (local.get 0))
              (func (export "invoke") (param i32) (result i32)
                (i32.wrap_i64 (call $down (i64.const 200)))))
            """);
        int depth = 0;
        int deepest = 0;
        TestHost? host = null;
        host = new(_ =>
        {
            deepest = int.Max(deepest, ++depth);
            if (depth < 1025)
            {
                using WasmInstance inner = host!.Open(module);
                Assert.Equal(WasmEnd.Returned, inner.Call("invoke"u8, 0).End);
            }

            depth--;
            return 0;
        });
        Thread thread = new(
            () =>
            {
                using WasmInstance outer = host.Open(module);
                Assert.Equal(WasmEnd.Returned, outer.Call("invoke"u8, 0).End);
            },
            1 << 30);
        thread.Start();
        thread.Join();

        Assert.Equal(1025, deepest);
    }
}
