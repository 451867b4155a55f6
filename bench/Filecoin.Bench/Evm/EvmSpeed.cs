using Filecoin.Evm;
using Filecoin.TestKit.Evm;

namespace Filecoin.Bench.Evm;

/// <summary>
/// Opcodes in a second of loop programs, beside the official actor in Wasm and another EVM in
/// .NET.
/// </summary>
internal static class EvmSpeed
{
    private const int Rounds = 7;

    // Instructions for the other machine, which takes a thousand times as long for each.
    private const long TheirOpcodesMax = 300_000;

    private static readonly EthAddress Self = EthAddress.FromWord(0x5e1f);

    internal static int Run()
    {
        Console.WriteLine(
            $"{"program",-22} {"opcodes",11} {"M/s",7} {"least",7} {"most",7} {"ns each",8}"
            + $" {"Wasm M/s",9} {"times",6}"
            + $" {"Nethereum M/s",14} {"least",7} {"most",7} {"times",6}");
        LoopProgram[] programs = LoopProgram.ReadAll();
        Dictionary<string, TimeSpan> official = WasmMachine.Run(programs);
        foreach (LoopProgram program in programs)
        {
            Measure(program, official.GetValueOrDefault(program.Name));
        }

        return 0;
    }

    private static void Measure(LoopProgram program, TimeSpan official)
    {
        (long opcodes, _) = Count(program);
        LoopProgram brief = program.Shortened((ulong)Math.Max(1, opcodes / TheirOpcodesMax));
        (long briefOpcodes, byte[] output) = Count(brief);
        EvmCode code = new(program.Code);
        double[] ours = Times(() => Run(code, program, out _), opcodes);
        double[] theirs = Times(
            () =>
            {
                if (!NethereumMachine.Run(brief).AsSpan().SequenceEqual(output))
                {
                    throw new InvalidOperationException($"{program.Name}: results differ");
                }
            },
            briefOpcodes);
        double wasm = opcodes / official.TotalMicroseconds;
        Console.WriteLine(
            $"{program.Name,-22} {opcodes,11:N0} {ours[Rounds / 2],7:F0} {ours[0],7:F0}"
            + $" {ours[^1],7:F0} {1000 / ours[Rounds / 2],8:F2}"
            + $" {wasm,9:F1} {ours[Rounds / 2] / wasm,6:F1} {theirs[Rounds / 2],14:F3}"
            + $" {theirs[0],7:F3} {theirs[^1],7:F3} {ours[Rounds / 2] / theirs[Rounds / 2],6:F0}");
    }

    // The processor's time, so that others on the machine count less.
    /// <summary>Millions in a second of one core, sorted.</summary>
    private static double[] Times(Action run, long opcodes)
    {
        double[] speeds = new double[Rounds];
        run();
        run();
        for (int i = 0; i < speeds.Length; i++)
        {
            TimeSpan start = Environment.CpuUsage.UserTime;
            run();
            speeds[i] = opcodes / (Environment.CpuUsage.UserTime - start).TotalMicroseconds;
        }

        Array.Sort(speeds);
        return speeds;
    }

    private static (long Opcodes, byte[] Output) Count(LoopProgram program)
    {
        long used = Run(new(program.Code), program, out byte[] output);
        return (used, output);
    }

    private static long Run(EvmCode code, LoopProgram program, out byte[] output)
    {
        EvmWorld world = new() { Prices = Counting };
        long before = world.WorkLeft;
        EvmInvocation invocation = new(code, program.Input, Self, Self, 0, false);
        EvmResult result = EvmInterpreter.Run(invocation, new MemoryEvmHost(world, invocation));
        if (!result.ExitCode.IsSuccess)
        {
            throw new InvalidOperationException($"{program.Name} ends with {result.ExitCode}");
        }

        output = result.Output.ToArray();
        return before - world.WorkLeft;
    }

    /// <summary>One for each opcode and nothing else.</summary>
    private static EvmPrices Counting { get; } = new(Enumerable.Repeat(1u, 256).ToArray());
}
