using System.Globalization;
using System.Security.Cryptography;
using Filecoin.Crypto;
using Filecoin.Ipld;

namespace Filecoin.Bench;

/// <summary>What a map of actors costs beside a dictionary and the hashes it needs.</summary>
internal static class HamtSpeed
{
    private const int Rounds = 9;
    private const int Operations = 1_000;

    private static readonly HamtOptions Options = new(5);

    /// <summary>Makes each actor differ from all before it.</summary>
    private static ulong changes;

    private delegate void Operation(KeyValuePair<byte[], ActorState>[] batch);

    internal static int Run(string[] args)
    {
        if (args.Length != 0)
        {
            return Usage.Show();
        }

        Console.WriteLine(
            $"{"actors",9} {"operation",-22} {"CPU µs",10} {"least",8} {"most",8}"
            + $" {"floor µs",9} {"ratio",6} {"blocks",7} {"bytes",7}");
        foreach (int count in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            Measure(count);
        }

        return 0;
    }

    private static void Measure(int count)
    {
        Dictionary<byte[], ActorState> table = ActorTable.Dictionary(count);
        WrittenBlocks store = new(new MemoryBlockstore());
        Hamt<ActorState> map = new(store, Options);
        foreach ((byte[] key, ActorState actor) in table)
        {
            map.Set(key, actor);
        }

        Cid root = map.Flush();
        Operation floor = batch => Array.ForEach(batch, it => Expect(Find(table, it.Key)));
        Report(
            count,
            "lookup, nodes cached",
            batch => Array.ForEach(batch, it => Expect(map.Has(it.Key))),
            floor,
            store);
        Report(
            count,
            "lookup, nodes read",
            batch =>
            {
                Hamt<ActorState> cold = Hamt<ActorState>.Load(store, root, Options);
                Array.ForEach(batch, it => Expect(cold.Has(it.Key)));
            },
            floor,
            store);
        MeasureChanges(count, map, table, store);
    }

    private static void MeasureChanges(
        int count,
        Hamt<ActorState> map,
        Dictionary<byte[], ActorState> table,
        WrittenBlocks store)
    {
        Operation floor = batch =>
        {
            Array.ForEach(batch, it => Update(table, it));
            HashAll(store.Blocks);
        };
        Report(
            count,
            "update",
            batch => Array.ForEach(batch, it => map.Set(it.Key, it.Value)),
            floor,
            store);
        _ = map.Flush();
        Report(
            count,
            "update, flush each",
            batch => Array.ForEach(batch, it =>
            {
                map.Set(it.Key, it.Value);
                _ = map.Flush();
            }),
            floor,
            store);
        Report(
            count,
            "update, flush together",
            batch =>
            {
                Array.ForEach(batch, it => map.Set(it.Key, it.Value));
                _ = map.Flush();
            },
            floor,
            store);
    }

    /// <summary>Runs an operation and its floor in turn, on the same actors.</summary>
    private static void Report(
        int count, string name, Operation operation, Operation floor, WrittenBlocks store)
    {
        Random random = new(count);
        double[] times = new double[Rounds];
        double[] floors = new double[Rounds];
        int blocks = 0;
        long bytes = 0;

        // The first round warms up and is not counted.
        for (int round = -1; round < Rounds; round++)
        {
            KeyValuePair<byte[], ActorState>[] batch =
                new KeyValuePair<byte[], ActorState>[Operations];
            for (int i = 0; i < batch.Length; i++)
            {
                int place = random.Next(count);
                batch[i] = new(ActorTable.Key(place), ActorTable.Actor(place, ++changes));
            }

            store.Blocks.Clear();
            double time = Time(() => operation(batch));
            double least = Time(() => floor(batch));
            if (round >= 0)
            {
                (times[round], floors[round]) = (time, least);
                blocks += store.Blocks.Count;
                store.Blocks.ForEach(block => bytes += block.Length);
            }
        }

        Array.Sort(times);
        Array.Sort(floors);
        (double median, double bottom) = (times[Rounds / 2], floors[Rounds / 2]);
        const double All = Rounds * Operations;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,9} {name,-22} {median,10:F2} {times[0],8:F2} {times[^1],8:F2}"
            + $" {bottom,9:F2} {median / bottom,6:F1} {blocks / All,7:F2} {bytes / All,7:F0}"));
    }

    /// <summary>Microseconds of processor time per operation, whatever else is running.</summary>
    private static double Time(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Operations;
    }

    private static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new InvalidOperationException("an actor is missing");
        }
    }

    private static bool Find(Dictionary<byte[], ActorState> table, byte[] key)
    {
        Span<byte> hash = stackalloc byte[32];
        _ = SHA256.HashData(key, hash);
        return table.ContainsKey(key);
    }

    private static void Update(
        Dictionary<byte[], ActorState> table, KeyValuePair<byte[], ActorState> change)
    {
        Span<byte> hash = stackalloc byte[32];
        _ = SHA256.HashData(change.Key, hash);
        table[change.Key] = change.Value;
    }

    private static void HashAll(List<ReadOnlyMemory<byte>> blocks)
    {
        Span<byte> digest = stackalloc byte[32];
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            Blake2b.Hash256(block.Span, digest);
        }
    }
}
