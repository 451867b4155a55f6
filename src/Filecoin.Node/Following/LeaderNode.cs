using System.Text.Json;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The node that is followed, asked by JSON-RPC.</summary>
internal sealed class LeaderNode(string url, CancellationToken end) : IDisposable
{
    private readonly LeaderCalls calls = new(url, end);

    /// <summary>Where it is.</summary>
    public string Url => url;

    /// <summary>The first tipset.</summary>
    public Tipset Genesis()
    {
        TipsetKey key = KeyOf(calls.Ask("Filecoin.ChainGetGenesis"));
        return Tipsets([key])[0];
    }

    /// <summary>The network's parameters, whose first tipset is known.</summary>
    public NetworkParameters Network(Tipset genesis)
    {
        ulong chainId = calls.Ask("eth_chainId", static answer =>
            RpcJson.Read<Quantity>(answer).ToUInt64());
        ulong version = calls.Ask("Filecoin.StateNetworkVersion", static answer =>
            answer.GetUInt64(), WriteNoKey);
        return NetworkParameters.Devnet with
        {
            ChainId = chainId,
            Name = calls.Ask("Filecoin.StateNetworkName", static answer => answer.GetString()!),
            Version = version <= ushort.MaxValue
                && Enum.IsDefined(typeof(NetworkVersion), Enum.ToObject(
                    typeof(NetworkVersion), version))
                ? (NetworkVersion)version
                : throw new LeaderException($"{url}: network version {version}", false),
            EpochSeconds = calls.Ask("Filecoin.Version", static answer =>
                answer.GetProperty("BlockDelay").GetUInt64()),
            BaseFeeAtGenesis = genesis.ParentBaseFee,
        };
    }

    /// <summary>Its head: key and epoch.</summary>
    public (TipsetKey Key, long Epoch) Head()
    {
        (TipsetKey key, long epoch) = (default, 0);
        _ = calls.Ask("Filecoin.ChainHead", answer =>
        {
            (key, epoch) = (KeyOf(answer), answer.GetProperty("Height").GetInt64());
            return true;
        });
        return epoch >= 0 ? (key, epoch) : throw calls.Malformed("Filecoin.ChainHead");
    }

    /// <summary>The tipsets of epochs, or the ones before, on the chain of another.</summary>
    public IReadOnlyList<TipsetKey> TipsetsAt(IReadOnlyList<long> epochs, TipsetKey last) =>
        calls.AskAll("Filecoin.ChainGetTipSetByHeight", epochs, KeyOf, (writer, epoch) =>
        {
            writer.WriteNumberValue(epoch);
            WriteKey(writer, last);
        });

    /// <summary>Headers of tipsets.</summary>
    public IReadOnlyList<Tipset> Tipsets(IReadOnlyList<TipsetKey> keys)
    {
        List<Cid> cids = [];
        foreach (TipsetKey key in keys)
        {
            cids.AddRange(key.Cids);
        }

        MemoryBlockstore headers = new();
        IReadOnlyList<ReadOnlyMemory<byte>> blocks = Read(cids);
        for (int i = 0; i < cids.Count; i++)
        {
            if (Cid.Of(Codec.DagCbor, blocks[i].Span) != cids[i])
            {
                throw new LeaderException($"{url}: the block {cids[i]} is another", false);
            }

            headers.Put(cids[i], blocks[i]);
        }

        List<Tipset> tipsets = [];
        foreach (TipsetKey key in keys)
        {
            tipsets.Add(Tipset.TryLoad(headers, key, out Tipset? tipset)
                ? tipset
                : throw new LeaderException($"{url}: {key} is no tipset", false));
        }

        return tipsets;
    }

    /// <summary>Blocks of its store; they need not be what their CIDs say.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(IReadOnlyList<Cid> cids) => calls.AskAll(
        "Filecoin.ChainReadObj",
        cids,
        static answer => (ReadOnlyMemory<byte>)answer.GetBytesFromBase64(),
        static (writer, cid) => RpcJson.Write(writer, new CidLink(cid)));

    /// <summary>What tipsets led to.</summary>
    public IReadOnlyList<TipsetOutcomeView> Outcomes(IReadOnlyList<TipsetKey> keys) =>
        calls.AskAll(
            "fvm_getTipsetOutcome",
            keys,
            static answer => RpcJson.Read<TipsetOutcomeView>(answer)!,
            WriteKey);

    /// <inheritdoc/>
    public void Dispose() => calls.Dispose();

    private static TipsetKey KeyOf(JsonElement tipset)
    {
        List<Cid> cids = [];
        foreach (JsonElement link in tipset.GetProperty("Cids").EnumerateArray())
        {
            cids.Add(RpcJson.Read<CidLink>(link).Cid);
        }

        return TipsetKey.Of(cids.ToArray());
    }

    private static void WriteNoKey(Utf8JsonWriter writer) => writer.WriteNullValue();

    private static void WriteKey(Utf8JsonWriter writer, TipsetKey key)
    {
        writer.WriteStartArray();
        foreach (Cid cid in key.Cids)
        {
            RpcJson.Write(writer, new CidLink(cid));
        }

        writer.WriteEndArray();
    }
}
