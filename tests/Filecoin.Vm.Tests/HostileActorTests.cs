using Filecoin.Ipld;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm.Tests;

/// <summary>Actors that do their worst end with the right exit code.</summary>
public sealed class HostileActorTests
{
    private const string Memory = "(memory (export \"memory\") 1)";

    [Theory]
    [InlineData("(loop (br 0)) unreachable", 7)]
    [InlineData("(call $f (local.get 0))", 4)]
    [InlineData("(loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) unreachable", 4)]
    [InlineData("unreachable", 4)]
    [InlineData("(i32.load (i32.const -4))", 4)]
    [InlineData("(i32.const 77)", 11)]
    public void A_hostile_actor_ends_with_its_exit_code(string body, uint exitCode)
    {
        string text =
            $"(module {Memory} (func $f (export \"invoke\") (param i32) (result i32) {body}))";

        Assert.Equal(exitCode, Run(text, 1_000_000_000).Receipt.ExitCode.Value);
    }

    [Fact]
    public void A_wild_result_pointer_is_an_illegal_argument()
    {
        string text = $"""
            (module (import "self" "current_balance" (func $balance (param i32) (result i32)))
              {Memory} (func (export "invoke") (param i32) (result i32)
                (if (i32.ne (call $balance (i32.const -8)) (i32.const 1)) (then unreachable))
                (i32.const 0)))
            """;

        Assert.Equal(ExitCode.Ok, Run(text, 1_000_000_000).Receipt.ExitCode);
    }

    [Fact]
    public void Calls_nest_1024_deep_and_the_next_is_refused()
    {
        // Each frame calls itself; the refused send gives error 3, which ends as exit code 100.
        string text = $"""
            (module
              (import "send" "send" (func $send
                (param i32 i32 i32 i64 i32 i64 i64 i64 i64) (result i32)))
              (import "vm" "exit" (func $exit (param i32 i32 i32 i32) (result i32)))
              {Memory} (data (i32.const 100) "\00\e8\07")
              (func (export "invoke") (param i32) (result i32) (local $error i32)
                (local.set $error (call $send (i32.const 0) (i32.const 100) (i32.const 3)
                  (i64.const 2) (i32.const 0)
                  (i64.const 0) (i64.const 0) (i64.const -1) (i64.const 0)))
                (if (i32.eq (local.get $error) (i32.const 3))
                  (then (drop
                    (call $exit (i32.const 100) (i32.const 0) (i32.const 0) (i32.const 0)))))
                (if (local.get $error) (then unreachable))
                (drop (call $exit
                  (i32.load (i32.const 0)) (i32.const 0) (i32.const 0) (i32.const 0)))
                unreachable))
            """;

        ApplyResult result = Run(text, 9_000_000_000);

        Assert.Equal(100u, result.Receipt.ExitCode.Value);
        Assert.Contains("1023:", result.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("1024:", result.Failure, StringComparison.Ordinal);
    }

    private static ApplyResult Run(string text, ulong gasLimit)
    {
        MemoryBlockstore store = new();
        byte[] code = WasmEngine.Assemble(text);
        StateBuilder state = new(store, code);
        state.AddAccount(new(100), null, TokenAmount.FromFil(10));
        state.AddActor(new(1_000), state.AddCode(code), TokenAmount.Zero);
        Machine machine = new(
            NetworkConfig.For(NetworkVersion.V28),
            new()
            {
                Epoch = new(1),
                StateRoot = state.Build(),
                BaseFee = TokenAmount.Zero,
                CirculatingSupply = TokenAmount.Zero,
            },
            store,
            new(cache: null),
            new NoChain(),
            new SignatureVerifier());
        return new Executor(machine).Apply(new(
            0, Address.Parse("f01000"), Address.Parse("f0100"), 0, TokenAmount.Zero, gasLimit,
            TokenAmount.Zero, TokenAmount.Zero, new(2), default));
    }
}
