using Filecoin.Chain;
using Filecoin.Crypto;

namespace Filecoin.Bench;

/// <summary>What a transfer takes on states of more and more accounts.</summary>
/// <remarks>
/// Senders and receivers lie all over the state, so that each block reads and writes as many of
/// its nodes as it can.
/// </remarks>
internal static class StateSpeed
{
    private const int Senders = 500;
    private const int TransfersOfEach = 4;
    private const int Rounds = 7;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    internal static int Run()
    {
        Console.WriteLine(
            $"{"accounts",10} {"us a transfer",14} {"least",7} {"most",7} {"of the first",13}"
            + $" {"of the logarithm",17}");
        double first = 0;
        foreach (int size in Sizes)
        {
            double[] times = Measure(size);
            double median = times[Rounds / 2];
            first = first == 0 ? median : first;
            Console.WriteLine(
                $"{size,10:N0} {median,14:F1} {times[0],7:F1} {times[^1],7:F1}"
                + $" {median / first,13:F2} {Math.Log(size) / Math.Log(Sizes[0]),17:F2}");
        }

        return 0;
    }

    /// <summary>Microseconds of one core for a transfer and its share of a block, sorted.</summary>
    private static double[] Measure(int accounts)
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
        double[] times = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            Submit(producer, keys, all, (ulong)((round + 1) * TransfersOfEach));
            TimeSpan start = Environment.CpuUsage.TotalTime;
            int mined = producer.Mine().Messages.Count;
            double spent = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
            if (mined != Senders * TransfersOfEach)
            {
                throw new InvalidOperationException($"only {mined} transfers were mined");
            }

            if (round >= 0)
            {
                times[round] = spent / mined;
            }
        }

        Array.Sort(times);
        return times;
    }

    private static void Submit(
        BlockProducer producer, byte[][] keys, Address[] all, ulong firstNonce)
    {
        for (int i = 0; i < Senders * TransfersOfEach; i++)
        {
            ulong nonce = firstNonce + (ulong)(i / Senders);
            Address target = all[(int)((ulong)i * 2_654_435_761 % (ulong)all.Length)];
            PoolVerdict verdict = producer.Submit(
                NativeChain.Sign(keys[i % Senders], target, nonce));
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
