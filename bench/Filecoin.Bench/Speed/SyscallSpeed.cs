using System.Diagnostics;
using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Bench;

/// <summary>
/// What it takes to cross from Wasm to the machine and back by the syscall table: an actor asks
/// often how much gas is left, and another one only counts.
/// </summary>
internal static class SyscallSpeed
{
    private const int Calls = 500_000;
    private const int Rounds = 9;
    private const ulong GasLimit = 9_000_000_000;

    private const string Syscall =
        "(if (call $available (i32.const 8)) (then unreachable))";

    internal static int Run()
    {
        double[] counting = Measure("");
        double[] calling = Measure(Syscall);
        double[] each =
            [.. calling.Zip(counting, (with, without) => with - without).Order()];
        Console.WriteLine(
            $"syscall without work   {each[Rounds / 2],6:F0} ns"
            + $" ({each[0]:F0} to {each[^1]:F0}), {Calls:N0} calls, {Rounds} rounds");
        return 0;
    }

    /// <summary>Nanoseconds for one turn of the loop, by round.</summary>
    private static double[] Measure(string body)
    {
        MemoryBlockstore store = new();
        byte[] code = WasmEngine.Assemble($"""
            (module (import "gas" "available" (func $available (param i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "invoke") (param i32) (result i32) (local $turns i32)
                (local.set $turns (i32.const {Calls}))
                (loop $next
                  {body}
                  (local.set $turns (i32.sub (local.get $turns) (i32.const 1)))
                  (br_if $next (local.get $turns)))
                (i32.const 0)))
            """);
        StateBuilder state = new(store, code);
        state.AddAccount(new(100), null, TokenAmount.FromFil(10));
        state.AddActor(new(1_000), state.AddCode(code), TokenAmount.Zero);
        Cid root = state.Build();
        ActorCode compiled = new(null);
        return ExecutorThread.Run(() => Enumerable.Range(0, Rounds + 2)
            .Select(_ => Apply(store, root, compiled)).Skip(2).ToArray());
    }

    private static double Apply(IBlockstore store, Cid root, ActorCode code)
    {
        Machine machine = new(
            NetworkConfig.For(NetworkVersion.V28),
            new()
            {
                Epoch = new(1),
                StateRoot = root,
                BaseFee = TokenAmount.Zero,
                CirculatingSupply = TokenAmount.Zero,
            },
            store,
            code,
            new NoChain(),
            new SignatureVerifier());
        Message message = new(
            0,
            Address.FromId(new(1_000)),
            Address.FromId(new(100)),
            0,
            TokenAmount.Zero,
            GasLimit,
            TokenAmount.Zero,
            TokenAmount.Zero,
            new(2),
            default);
        long start = Stopwatch.GetTimestamp();
        ApplyResult result = new Executor(machine).Apply(message, ApplyKind.Explicit);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return result.Receipt.ExitCode.IsSuccess
            ? elapsed / Calls
            : throw new InvalidOperationException(result.Failure);
    }
}
