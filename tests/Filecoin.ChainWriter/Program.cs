using System.Globalization;
using Filecoin.Chain;
using Filecoin.Chain.Tests.Stores;

// Writes a chain until it is killed: ChainStoreTests starts it.
if (args is not [string folder, string lines])
{
    Console.Error.WriteLine("Filecoin.ChainWriter FOLDER FILE");
    return 1;
}

using RocksOrderedStore store = RocksOrderedStore.Open(folder);
using StreamWriter output = new(lines) { AutoFlush = true };
(Blockchain chain, BlockProducer producer) = ChainWriter.Network.StartManual(store);
while (true)
{
    for (int i = 0; i < 3; i++)
    {
        ulong nonce = chain.Pool.NextNonce(ChainWriter.Sender.Address);
        PoolVerdict verdict = producer.Submit(ChainWriter.MessageOf(nonce));
        if (!verdict.IsAccepted)
        {
            Console.Error.WriteLine(verdict.Line);
            return 1;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sent {nonce}"));
    }

    producer.Mine(nullRounds: chain.Head.Epoch.Value % 3);
    output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"mined {chain.Head.Epoch} {chain.Head.KeyCid} {chain.StateRoot}"));
}
