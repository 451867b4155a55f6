namespace Filecoin.Bench;

/// <summary>What can be measured.</summary>
internal static class Usage
{
    internal static int Show()
    {
        Console.Error.WriteLine(
            """
            speed PATH [ROUNDS] [--native]
                                  recorded messages, warm, one thread: gas per ns, time by kind;
                                  with the built-in actors in C# in place of those in Wasm
            first FVM SEQUENCE    first EVM call of a new process, with and without module cache
            syscall               a syscall that does nothing, there and back
            hamt                  maps of 10^3 to 10^6 actors beside their floor
            evm                   loop programs of vmPerformance beside the official actor in Wasm
                                  and Nethereum.EVM
            chain [FOLDER]        transfers, empty blocks, snapshots: in memory, on disk in FOLDER
            storage               a day of 100 miners, half a year of ten skipped
            state                 a transfer on states of 10^4 to 10^6 accounts
            sample TO PATH...     what Wasm's instructions cost and what native actors count, taken
                                  down for each call of sequences
            estimate FROM [TO]    an estimate fitted to such samples: to every second file, with
                                  errors there and on the others; to all, written to a folder
            estimated PATH...     gas used by the estimate as it stands beside what is recorded
            micro [FILTER...]     single operations, by BenchmarkDotNet
            """);
        return 2;
    }
}
