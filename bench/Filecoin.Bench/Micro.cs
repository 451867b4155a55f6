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
}
