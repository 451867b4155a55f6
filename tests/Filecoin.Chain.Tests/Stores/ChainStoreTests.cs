using System.Diagnostics;
using System.Globalization;

namespace Filecoin.Chain.Tests.Stores;

public sealed class ChainStoreTests : IDisposable
{
    private const int SecondsMax = 60;

    private readonly string folder =
        Path.Combine(Path.GetTempPath(), $"fvm-chain-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_chain_that_is_opened_again_is_the_same()
    {
        Tipset head;
        (Cid State, TokenAmount Fee, List<Cid> Waiting) left;
        using (RocksOrderedStore store = RocksOrderedStore.Open(folder))
        {
            (Blockchain chain, BlockProducer producer) =
                ChainWriter.Network.StartManual(store);
            for (ulong nonce = 0; nonce < 6; nonce++)
            {
                Assert.True(producer.Submit(ChainWriter.MessageOf(nonce)).IsAccepted);
                producer.Mine((long)nonce % 2);
            }

            Assert.True(producer.Submit(ChainWriter.MessageOf(7)).IsAccepted);
            Assert.True(producer.Submit(ChainWriter.MessageOf(6)).IsAccepted);
            head = chain.Head;
            left = (
                chain.StateRoot, chain.NextBaseFee,
                [.. chain.Pool.Pending.Select(entry => entry.Message.Cid)]);
        }

        using RocksOrderedStore again = RocksOrderedStore.Open(folder);
        (Blockchain reopened, BlockProducer next) = ChainWriter.Network.StartManual(again);
        Assert.Equal(head, reopened.Head);
        Assert.Equal(left.State, reopened.StateRoot);
        Assert.Equal(left.Fee, reopened.NextBaseFee);
        Assert.Equal(
            left.Waiting, reopened.Pool.Pending.Select(entry => entry.Message.Cid));
        TipsetOutcome outcome = next.Mine();
        Assert.Equal(
            [6UL, 7], outcome.Messages.Select(applied => applied.Message.Message.Nonce));
    }

    [Fact]
    public void A_store_keeps_whose_chain_it_has()
    {
        using MemoryOrderedStore store = new();
        _ = Open(store, NetworkParameters.Devnet with { Name = "own", ChainId = 5 });

        NetworkParameters kept = Open(store, NetworkParameters.Devnet).Network;

        Assert.Equal(("own", 5UL), (kept.Name, kept.ChainId));

        static Blockchain Open(IOrderedStore store, NetworkParameters network) =>
            Blockchain.Open(new()
            {
                Store = store,
                Machines = TestNetwork.Open,
                BuildGenesis = ChainWriter.Network.Build,
                Network = network,
            });
    }

    [Fact]
    public void A_store_whose_network_is_malformed_is_refused()
    {
        using MemoryOrderedStore store = new();
        StoreBatch batch = new();
        batch.Put(StoreFamily.Chain, ChainKeys.Network, new byte[] { 0xff });
        store.Write(batch);

        Assert.Throws<ChainStoreException>(() => new ChainStore(store, NetworkParameters.Devnet));
    }

    [Fact]
    public void A_chain_on_disk_is_that_in_memory()
    {
        static Tipset Run(IOrderedStore store)
        {
            (Blockchain chain, BlockProducer producer) = ChainWriter.Network.StartManual(store);
            for (ulong nonce = 0; nonce < 10; nonce++)
            {
                Assert.True(producer.Submit(ChainWriter.MessageOf(nonce)).IsAccepted);
                producer.Mine(nonce == 4 ? 7 : 0);
            }

            ulong snapshot = producer.TakeSnapshot();
            producer.MineMany(3);
            Assert.True(producer.Revert(snapshot));
            producer.Mine();
            return chain.Head;
        }

        using RocksOrderedStore disk = RocksOrderedStore.Open(folder);
        Assert.Equal(Run(new MemoryOrderedStore()), Run(disk));
    }

    [Fact]
    public void What_was_acknowledged_survives_a_killed_process()
    {
        ulong sent = 0;
        for (int round = 0; round < 3; round++)
        {
            List<string> lines = RunAndKill(firstLines: 9 + (10 * round));
            foreach (string[] words in lines.Select(line => line.Split(' ')))
            {
                sent = words[0] == "sent"
                    ? ulong.Parse(words[1], CultureInfo.InvariantCulture) + 1
                    : sent;
            }

            using RocksOrderedStore store = RocksOrderedStore.Open(folder);
            Blockchain chain = ChainWriter.Network.Start(store);
            Assert.All(
                lines.Where(line => line.StartsWith("mined", StringComparison.Ordinal)),
                line => CheckMined(chain, line.Split(' ')));
            CheckSent(chain, sent);
        }

        Assert.True(sent > 0);
    }

    private static void CheckMined(Blockchain chain, string[] words)
    {
        ChainEpoch epoch = new(long.Parse(words[1], CultureInfo.InvariantCulture));
        Assert.True(chain.TryGetTipset(epoch, NullRound.Refused, out Tipset? tipset));
        Assert.Equal(words[2], tipset.KeyCid.ToString());
        Assert.True(chain.Store.TryGetRecord(tipset, out TipsetRecord? record));
        Assert.Equal(words[3], record.StateRoot.ToString());
        Assert.Equal(record.ComputedState, chain.Replay(tipset).StateRoot);
    }

    /// <summary>Each message is on the chain or waits, never both, and ran once.</summary>
    private static void CheckSent(Blockchain chain, ulong count)
    {
        HashSet<Cid> waiting = [.. chain.Pool.Pending.Select(entry => entry.Message.Cid)];
        for (ulong nonce = 0; nonce < count; nonce++)
        {
            Cid cid = ChainWriter.MessageOf(nonce).Cid;
            Assert.True(chain.Store.TryFindMessage(cid, out MessagePlace? place)
                ^ waiting.Contains(cid));
            if (place is not null)
            {
                Assert.True(chain.Store.TryGetTipset(place.TipsetKeyCid, out Tipset? tipset));
                Assert.Equal(
                    cid, chain.Store.LoadMessages(tipset)[(int)place.Index].Cid);
                Assert.True(chain.Store.TryGetRecord(tipset, out TipsetRecord? record));
                Assert.True(chain.Store.TryGetReceipt(record, place.Index, out Receipt? receipt));
                Assert.Equal(ExitCode.Ok, receipt.ExitCode);
            }
        }

        Assert.Equal(
            chain.Pool.NextNonce(ChainWriter.Sender.Address) - (ulong)waiting.Count,
            StateNonce(chain));
    }

    private static ulong StateNonce(Blockchain chain)
    {
        StateTree state = StateTree.Load(
            chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);
        Assert.True(state.TryGetActor(new(TestNetwork.FirstAccount), out ActorState actor));
        return actor.Nonce;
    }

    /// <summary>Kills a writer and gives the lines that it has acknowledged.</summary>
    private List<string> RunAndKill(int firstLines)
    {
        string file = $"{folder}.lines";
        File.WriteAllText(file, "");
        using Process writer = ChainWriter.Start(folder, file);
        long start = Stopwatch.GetTimestamp();
        while (File.ReadLines(file).Take(firstLines).Count() < firstLines)
        {
            Assert.False(writer.HasExited, "the writer has ended by itself");
            Assert.True(
                Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsMax, "the writer hangs");
            Thread.Sleep(1);
        }

        // SIGKILL: what the process has not handed over is lost.
        writer.Kill();
        writer.WaitForExit();
        string text = File.ReadAllText(file);
        File.Delete(file);
        return [.. text[..(text.LastIndexOf('\n') + 1)]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
