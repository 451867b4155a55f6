using Filecoin.Chain;
using Filecoin.Crypto;

namespace Filecoin.Bench;

/// <summary>What a transfer takes on states of more and more accounts.</summary>
/// <remarks>
/// Senders and receivers lie all over the state, so that each block reads and writes as many of
/// its nodes as it can: one transfer in a block, as on a developer's network, writes its own paths
/// alone, a full block shares their upper parts.
/// </remarks>
internal static class StateSpeed
{
    private const int Senders = 500;
    private const int Rounds = 9;
    private const int ColdRounds = 2;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    /// <summary>Transfers in a block, and blocks in a round.</summary>
    private static readonly (string Name, int Transfers, int Blocks)[] Kinds =
        [("one in a block", 1, 500), ("a full block", 2_000, 1)];

    internal static int Run()
    {
        Console.WriteLine(
            $"{"transfers",-15} {"accounts",10} {"us a transfer",14} {"least",7} {"most",7}"
            + $" {"of the first",13} {"of the logarithm",17}");
        double[] first = new double[Kinds.Length];
        foreach (int size in Sizes)
        {
            double[][] times = Measure(size);
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                double[] sorted = times[kind];
                double median = sorted[Rounds / 2];
                first[kind] = first[kind] == 0 ? median : first[kind];
                Console.WriteLine(
                    $"{Kinds[kind].Name,-15} {size,10:N0} {median,14:F1} {sorted[0],7:F1}"
                    + $" {sorted[^1],7:F1} {median / first[kind],13:F2}"
                    + $" {Math.Log(size) / Math.Log(Sizes[0]),17:F2}");
            }
        }

        return 0;
    }

    /// <summary>
    /// Microseconds of one core for a transfer and its share of a block, sorted, of each kind.
    /// </summary>
    private static double[][] Measure(int accounts)
    {
        byte[][] keys = [.. Enumerable.Range(1, Senders).Select(NativeChain.Secret)];
        Address[] all = new Address[accounts];
        for (int i = 0; i < all.Length; i++)
        {
            // Senders among all others: ids decide where an actor lies in the state.
            int stride = accounts / Senders;
            all[i] = i % stride == 0 ? NativeChain.AddressOf(keys[i / stride]) : Nobody(i);
        }

        using MemoryOrderedStore store = new();
        Blockchain chain = NativeChain.Open(store, all);
        BlockProducer producer = new(chain, () => 0) { Mode = ProductionMode.Manual };
        int sent = 0;
        return [.. Kinds.Select(kind =>
        {
            double[] times = new double[Rounds];
            for (int round = -ColdRounds; round < Rounds; round++)
            {
                double spent = 0;
                for (int block = 0; block < kind.Blocks; block++)
                {
                    Submit(producer, keys, all, ref sent, kind.Transfers);
                    TimeSpan start = Environment.CpuUsage.TotalTime;
                    int mined = producer.Mine().Messages.Count;
                    spent += (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
                    if (mined != kind.Transfers)
                    {
                        throw new InvalidOperationException($"only {mined} were mined");
                    }
                }

                if (round >= 0)
                {
                    times[round] = spent / (kind.Transfers * kind.Blocks);
                }
            }

            Array.Sort(times);
            return times;
        })];
    }

    private static void Submit(
        BlockProducer producer, byte[][] keys, Address[] all, ref int sent, int count)
    {
        for (int last = sent + count; sent < last; sent++)
        {
            Address target = all[(int)((ulong)sent * 2_654_435_761 % (ulong)all.Length)];
            PoolVerdict verdict = producer.Submit(NativeChain.Sign(
                keys[sent % Senders], target, (ulong)(sent / Senders)));
            if (!verdict.IsAccepted)
            {
                throw new InvalidOperationException(verdict.Line);
            }
        }
    }

    private static Address Nobody(int number)
    {
        byte[] key = new byte[Secp256k1.PublicKeyLength];
        key[0] = 4;
        _ = BitConverter.TryWriteBytes(key.AsSpan(1), number);
        return Address.FromSecp256k1(key);
    }
}
