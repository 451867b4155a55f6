using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Filecoin.Chain;
using Filecoin.Ipld;
using Filecoin.Rpc;
using Filecoin.TestKit;
using Filecoin.Vm;

namespace Filecoin.Node.Tests.Devnet;

/// <summary>
/// A network in a folder that is sent transfers and killed, and what it has acknowledged.
/// </summary>
internal sealed class KilledNetwork : IDisposable
{
    private const int Senders = 4;
    private const int WaitingMax = 40;
    private static readonly string[] Manual = ["--no-mining"];

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-kill").FullName;
    private readonly IReadOnlyList<AccountKey> keys =
        MnemonicKeys.Derive(MnemonicKeys.Words, Senders);

    /// <summary>Transactions that were sent, whatever became of them, by hash.</summary>
    private readonly ConcurrentDictionary<string, Transfer> sent = [];

    /// <summary>Hashes that were given as an answer: the network has the transaction.</summary>
    private readonly ConcurrentDictionary<string, bool> accepted = [];

    private readonly ConcurrentDictionary<string, string> receipts = [];
    private readonly ConcurrentDictionary<string, string> blocks = [];

    /// <summary>What was acknowledged since it was asked for the last time.</summary>
    private readonly ConcurrentQueue<string> freshlyAccepted = [];
    private readonly ConcurrentQueue<string> freshReceipts = [];
    private readonly ConcurrentQueue<string> freshBlocks = [];

    /// <summary>A transfer to an address that nothing else goes to.</summary>
    private sealed record Transfer(int Sender, ulong Nonce, Address Receiver, TokenAmount Value);

    public int AcceptedCount => accepted.Count;

    public int ReceiptCount => receipts.Count;

    public int BlockCount => blocks.Count;

    /// <summary>Sends and mines for a while, until the process is killed.</summary>
    public void RunUntilKilled(int milliseconds, bool isManual)
    {
        using DevnetProcess devnet = Start(isManual ? Manual : []);
        List<Thread> threads = [];
        for (int i = 0; i < Senders; i++)
        {
            int sender = i;
            threads.Add(Work(devnet.Url, client => Send(client, sender)));
        }

        if (isManual)
        {
            threads.Add(Work(devnet.Url, Mine));
        }

        Thread.Sleep(milliseconds);
        devnet.Kill();
        threads.ForEach(thread => thread.Join());
    }

    /// <summary>Kills a process that has only begun to take up what is there.</summary>
    public void KillAtStart(int milliseconds)
    {
        using Process process = DotnetProcess.Start(
            AppContext.BaseDirectory, "fvm.dll", "devnet", "--port", "0", "--data-dir", folder);
        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts it again, and asks for what was acknowledged since the last time.</summary>
    public void Check()
    {
        using DevnetProcess devnet = Start(Manual);
        using RpcClient client = new(devnet.Url);
        Assert.All(Drain(freshBlocks), number => CheckBlock(client, number));
        Assert.All(Drain(freshReceipts), hash => CheckReceipt(client, hash));
        Assert.All(Drain(freshlyAccepted), hash => Assert.Equal(
            JsonValueKind.Object, client.Call("eth_getTransactionByHash", hash).ValueKind));
        devnet.Kill();
    }

    /// <summary>
    /// Starts it so that it mines what waits, and looks at every block, receipt and balance.
    /// </summary>
    public void CheckWhole()
    {
        using (DevnetProcess devnet = Start([]))
        using (RpcClient client = new(devnet.Url))
        {
            Assert.Equal(
                "0x0", client.Call("txpool_status").GetProperty("pending").GetString());
            Assert.All(blocks.Keys, number => CheckBlock(client, number));
            Assert.All(receipts.Keys, hash => CheckReceipt(client, hash));
            devnet.Interrupt();
            Assert.Equal(0, devnet.WaitForExit());
        }

        using RocksOrderedStore store = RocksOrderedStore.Open(folder);
        ChainStore chain = new(store, NetworkParameters.Devnet);
        Dictionary<string, Transfer> mined = ReadTransfers(chain);
        Assert.Empty(accepted.Keys.Except(mined.Keys));
        CheckBalances(chain, mined);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private DevnetProcess Start(string[] options) =>
        DevnetProcess.Start(["--data-dir", folder, .. options]);

    private static Thread Work(string url, Action<RpcClient> work)
    {
        Thread thread = new(() =>
        {
            using RpcClient client = new(url);
            try
            {
                while (true)
                {
                    work(client);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException
                or JsonException or OperationCanceledException)
            {
                // It was killed.
            }
        });
        thread.Start();
        return thread;
    }

    private void Send(RpcClient client, int sender)
    {
        AccountKey key = keys[sender];
        string own = Hex.OfBytes(key.Address.Payload[^Address.EthereumLength..]);
        List<string> waiting = [];
        for (ulong nonce = NonceOf(client, own); ; nonce++)
        {
            EthereumTransaction transaction = TransferOf(key, sender, nonce);
            string hash = Hex.OfBytes(transaction.Hash());
            sent[hash] = new(
                sender, nonce, Address.FromEthereum(transaction.Recipient.Span),
                transaction.Value);
            _ = client.Call("eth_sendRawTransaction", Hex.OfBytes(transaction.Encode()));
            accepted[hash] = true;
            freshlyAccepted.Enqueue(hash);
            waiting.Add(hash);
            do
            {
                _ = waiting.RemoveAll(each => HasReceipt(client, each));
            }
            while (waiting.Count >= WaitingMax);
        }
    }

    private bool HasReceipt(RpcClient client, string hash)
    {
        JsonElement receipt = client.Call("eth_getTransactionReceipt", hash);
        if (receipt.ValueKind != JsonValueKind.Null)
        {
            Assert.Equal("0x1", receipt.GetProperty("status").GetString());
            receipts[hash] = $"{receipt}";
            freshReceipts.Enqueue(hash);
        }

        return receipts.ContainsKey(hash);
    }

    private void Mine(RpcClient client)
    {
        _ = client.Call("evm_mine");
        JsonElement block = client.Call("eth_getBlockByNumber", "latest", false);
        string number = block.GetProperty("number").GetString()!;
        blocks[number] = HashOf(block);
        freshBlocks.Enqueue(number);
    }

    private void CheckBlock(RpcClient client, string number) => Assert.Equal(
        blocks[number], HashOf(client.Call("eth_getBlockByNumber", number, false)));

    private void CheckReceipt(RpcClient client, string hash) => Assert.Equal(
        receipts[hash], $"{client.Call("eth_getTransactionReceipt", hash)}");

    private static List<string> Drain(ConcurrentQueue<string> queue)
    {
        List<string> drained = [];
        while (queue.TryDequeue(out string? one))
        {
            drained.Add(one);
        }

        return drained;
    }

    private static string HashOf(JsonElement block) => block.GetProperty("hash").GetString()!;

    private static ulong NonceOf(RpcClient client, string address) => ulong.Parse(
        client.Call("eth_getTransactionCount", address, "pending").GetString().AsSpan(2),
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    /// <summary>The transfer with a nonce, which is always the same.</summary>
    private static EthereumTransaction TransferOf(AccountKey key, int sender, ulong nonce)
    {
        byte[] receiver = new byte[Address.EthereumLength];
        receiver[0] = 0xee;
        receiver[1] = (byte)sender;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(receiver.AsSpan(^8..), nonce);
        EthereumTransaction unsigned = new(
            EthereumTransactionKind.DynamicFee, NetworkParameters.Devnet.ChainId, nonce,
            TokenAmount.FromAtto(100_000), TokenAmount.FromAtto(1_000_000_000), 20_000_000,
            receiver, TokenAmount.FromAtto(1 + (long)nonce), default, new byte[65]);
        return unsigned with { Signature = key.Sign(unsigned.SigningHash()) };
    }

    /// <summary>All transfers of the chain: each once, with the nonce that is due.</summary>
    private Dictionary<string, Transfer> ReadTransfers(ChainStore chain)
    {
        Dictionary<string, Transfer> mined = [];
        ulong[] next = new ulong[Senders];
        for (long epoch = 1; epoch <= chain.Head!.Epoch.Value; epoch++)
        {
            if (!chain.TryGetTipset(new ChainEpoch(epoch), out Tipset? tipset))
            {
                continue;
            }

            foreach (ChainMessage message in chain.LoadMessages(tipset))
            {
                string hash = Hex.OfBytes(message.EthereumHash(NetworkParameters.Devnet.ChainId)!);
                Transfer transfer = sent[hash];
                Assert.Equal(next[transfer.Sender]++, transfer.Nonce);
                Assert.Equal(transfer.Nonce, message.Message.Nonce);
                mined.Add(hash, transfer);
            }
        }

        return mined;
    }

    private void CheckBalances(ChainStore chain, Dictionary<string, Transfer> mined)
    {
        Assert.True(chain.TryGetTipset(default(ChainEpoch), out Tipset? first));
        Assert.True(chain.TryGetRecord(chain.Head!, out TipsetRecord? record));
        StateTree state = Load(record.StateRoot);
        Assert.Equal(Total(Load(first.ParentStateRoot)), Total(state));
        foreach (Transfer transfer in mined.Values)
        {
            Assert.True(state.TryResolve(transfer.Receiver, out ActorId id));
            Assert.True(state.TryGetActor(id, out ActorState actor));
            Assert.Equal(transfer.Value, actor.Balance);
        }

        for (int i = 0; i < Senders; i++)
        {
            Assert.True(state.TryResolve(keys[i].Address, out ActorId id));
            Assert.True(state.TryGetActor(id, out ActorState actor));
            Assert.Equal(
                actor.Nonce, (ulong)mined.Values.Count(transfer => transfer.Sender == i));
        }

        StateTree Load(Cid root) => StateTree.Load(
            chain.Blocks, root, NetworkConfig.LineOf(NetworkParameters.Devnet.Version));
    }

    private static TokenAmount Total(StateTree state)
    {
        TokenAmount total = TokenAmount.Zero;
        state.ForEach((_, actor) => total += actor.Balance);
        return total;
    }
}
