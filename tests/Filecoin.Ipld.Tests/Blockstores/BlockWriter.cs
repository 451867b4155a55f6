using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Filecoin.Ipld.Tests.Blockstores;

/// <summary>
/// A second process of this program that writes blocks without end and prints the number of each
/// batch when the store has taken it.
/// </summary>
internal static class BlockWriter
{
    private const string FolderVariable = "FVM_TEST_WRITES_BLOCKS_TO";
    private const int BlocksPerBatch = 7;

    internal static Process Start(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Filecoin.Ipld.Tests");
        ProcessStartInfo start = new(program + (OperatingSystem.IsWindows() ? ".exe" : ""))
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }

    /// <summary>The blocks of a batch.</summary>
    internal static IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> Batch(int number)
    {
        for (int i = 0; i < BlocksPerBatch; i++)
        {
            byte[] block = new byte[40 + (997 * number * i % 5_000)];
            BitConverter.TryWriteBytes(block, number);
            block[4] = (byte)i;
            yield return (Cid.Of(Codec.Raw, block), block);
        }
    }

    [ModuleInitializer]
    internal static void WriteIfAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        using RocksBlockstore store = RocksBlockstore.Open(folder);
        using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
        int number = 0;
        while (store.Has(Batch(number).First().Cid))
        {
            number++;
        }

        while (true)
        {
            store.PutAll(Batch(number));
            output.WriteLine(number);
            number++;
        }
    }
}
