using BenchmarkDotNet.Running;

namespace Filecoin.Bench;

/// <summary>The benchmarks of single operations, by BenchmarkDotNet.</summary>
internal static class Micro
{
    internal static int Run(string[] args)
    {
        _ = BenchmarkSwitcher.FromAssembly(typeof(Micro).Assembly).Run(args);
        return 0;
    }

    internal static int Explain()
    {
        Console.Error.WriteLine(
            """
            speed PATH [ROUNDS]   recorded messages, warm, one thread: gas per ns, time by kind
            first FVM SEQUENCE    first EVM call of a new process, with and without module cache
            micro [FILTER...]     single operations, by BenchmarkDotNet
            """);
        return 2;
    }
}
