using System.Text;
using System.Text.Json;
using Filecoin.Chain;
using Filecoin.Ipld;
using Filecoin.Rpc;

namespace Filecoin.Fuzz.Rpc;

/// <summary>A network in memory that answers requests, new for each run.</summary>
internal sealed class FuzzNetwork : IDisposable
{
    private static readonly RpcLimits Limits = new() { WaitsMax = 0, MinedMax = 5 };

    private readonly MemoryOrderedStore store = new();
    private readonly RpcNode node;
    private readonly RpcServer server;
    private readonly RpcConnection connection;

    public FuzzNetwork()
    {
        byte[] secret = new byte[32];
        secret[31] = 1;
        AccountKey key = AccountKey.Of(secret);
        Blockchain chain = Blockchain.Open(new()
        {
            Store = store,
            Machines = NativeMachines.Open,
            BuildGenesis = new GenesisState
            {
                Accounts = [new(key.Address, TokenAmount.FromFil(100))],
            }.Build,
            GenesisTimestamp = 1_700_000_000,
        });
        node = new(new()
        {
            Chain = chain,
            Producer = new(chain, () => 1_700_000_000),
            Clock = () => 1_700_000_000,
            Keys = new([key]),
            Limits = Limits,
        });
        server = new(MethodTable.Devnet, Limits);
        connection = new(node);
    }

    /// <summary>The head, its state, and what waits.</summary>
    public (Cid State, long Epoch, int Waiting) Place => (
        node.Chain.ContextAfter(node.Chain.Head).StateRoot,
        node.Chain.Head.Epoch.Value,
        node.Chain.Pool.Count);

    /// <summary>Answers a text.</summary>
    /// <returns>
    /// What came of it in a few words: the codes of errors, or that there are results.
    /// </returns>
    /// <exception cref="BrokenPropertyException">
    /// An answer is none, or says that there is a defect.
    /// </exception>
    public string Answer(ReadOnlyMemory<byte> request)
    {
        using AnswerBuffer answer = server.Answer(request, new(node, connection));
        byte[] text = answer.ToArray();
        connection.AnswerSent();
        foreach (byte[] notice in Notices())
        {
            Read(notice).Dispose();
        }

        if (text.Length == 0)
        {
            return "none";
        }

        using JsonDocument document = Read(text);
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.Array
            ? $"batch {string.Join(' ', root.EnumerateArray().Select(LineOf).Distinct().Order())}"
            : LineOf(root);
    }

    /// <summary>The state as a dump.</summary>
    public byte[] Dump()
    {
        using MemoryStream dump = new();
        StateDump.Write(node.Chain, dump, long.MaxValue);
        return dump.ToArray();
    }

    public void Dispose()
    {
        connection.Dispose();
        node.Turns.Dispose();
        store.Dispose();
    }

    private List<byte[]> Notices()
    {
        List<byte[]> told = [];
        while (connection.Notices.TryRead(out Func<IEnumerable<byte[]>>? notices))
        {
            told.AddRange(notices());
        }

        return told;
    }

    private static JsonDocument Read(byte[] text)
    {
        try
        {
            return JsonDocument.Parse(text, new() { MaxDepth = 1_000 });
        }
        catch (JsonException failure)
        {
            throw new BrokenPropertyException(
                $"no JSON: {failure.Message} {Encoding.UTF8.GetString(text)}");
        }
    }

    private static string LineOf(JsonElement answer)
    {
        Claim.Holds(
            answer.GetProperty("jsonrpc").GetString() == "2.0"
                && answer.TryGetProperty("id", out _),
            "an answer without version or id");
        bool isError = answer.TryGetProperty("error", out JsonElement error);
        Claim.Holds(
            isError != answer.TryGetProperty("result", out _), "result and error, or neither");
        if (!isError)
        {
            return "result";
        }

        int code = error.GetProperty("code").GetInt32();
        string message = error.GetProperty("message").GetString()!;
        Claim.Holds(code != RpcError.InternalCode, message);
        return $"{code} {message.Split(' ', ':')[0]}";
    }
}
