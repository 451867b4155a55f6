using System.Diagnostics;
using Filecoin.Chain;

namespace Filecoin.Bench;

/// <summary>
/// What a chain with actors in C# takes beside the messages themselves: transfers from ten
/// senders, empty blocks, a snapshot with a message that is taken back.
/// </summary>
internal static class ChainSpeed
{
    private const int Senders = 10;
    private const int Transfers = 2_000;
    private const int EmptyBlocks = 1_000;
    private const int Rounds = 7;

    internal static int Run(string[] args)
    {
        if (args.Length > 1)
        {
            return Usage.Show();
        }

        string? folder = args.Length == 1 ? args[0] : null;
        Console.WriteLine($"{"store",-8} {"what",-34} {"median",10} {"least",10} {"most",10}");
        for (int i = 0; i < (folder is null ? 1 : 2); i++)
        {
            Measure(i == 0 ? null : Path.Combine(folder!, "chain"));
        }

        return 0;
    }

    private static void Measure(string? folder)
    {
        List<double> submit = [], mine = [], empty = [], undo = [];
        for (int round = 0; round < Rounds; round++)
        {
            using IOrderedStore store = folder is null
                ? new MemoryOrderedStore()
                : RocksOrderedStore.Open($"{folder}{round}");
            byte[][] keys = [.. Enumerable.Range(1, Senders).Select(NativeChain.Secret)];
            Blockchain chain = NativeChain.Open(
                store, [.. keys.Select(NativeChain.AddressOf)]);
            BlockProducer producer = new(chain, () => 0) { Mode = ProductionMode.Manual };
            SignedMessage[] messages =
            [
                .. Enumerable.Range(0, Transfers).Select(place => NativeChain.Sign(
                    keys[place % Senders],
                    NativeChain.AddressOf(keys[(place + 1) % Senders]),
                    (ulong)(place / Senders))),
            ];
            submit.Add(Time(() => Array.ForEach(messages, signed => Require(
                producer.Submit(signed).IsAccepted))));
            mine.Add(Time(() => Require(producer.Mine().Messages.Count == Transfers)));
            empty.Add(Time(() => producer.MineMany(EmptyBlocks)));
            SignedMessage last = NativeChain.Sign(
                keys[0], NativeChain.AddressOf(keys[1]), Transfers / Senders);
            undo.Add(Time(() =>
            {
                ulong snapshot = producer.TakeSnapshot();
                Require(producer.Submit(last).IsAccepted);
                Require(producer.Mine().Messages.Count == 1);
                Require(producer.Revert(snapshot));
            }));
        }

        string name = folder is null ? "memory" : "RocksDB";
        Show(name, $"submit {Transfers} transfers, 1/s", submit, Transfers);
        Show(name, $"mine {Transfers} transfers, 1/s", mine, Transfers);
        Show(name, $"{EmptyBlocks} empty blocks, ms", empty, 0);
        Show(name, "snapshot + transfer + revert, ms", undo, 0);
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new InvalidOperationException("the chain does not do what is measured");
        }
    }

    /// <summary>Shows times, or how many of a count go into a second.</summary>
    private static void Show(string store, string what, List<double> times, int count)
    {
        double[] shown =
            [.. times.Select(time => count == 0 ? time : count * 1_000 / time).Order()];
        Console.WriteLine(
            $"{store,-8} {what,-34} {shown[shown.Length / 2],10:N2} {shown[0],10:N2}"
            + $" {shown[^1],10:N2}");
    }
}
