using System.Text;

namespace Filecoin.Rpc.Tests;

/// <summary>A network in this process, on actors in C#, with three accounts.</summary>
internal sealed class RpcNetwork
{
    public const ulong StartTime = 1_700_000_000;

    private readonly RpcServer server;

    public RpcNetwork(RpcLimits? limits = null)
    {
        Keys = [KeyOf(1), KeyOf(2), KeyOf(3)];
        Blockchain chain = Blockchain.Open(new()
        {
            Store = new MemoryOrderedStore(),
            Machines = NativeMachines.Open,
            BuildGenesis = new GenesisState
            {
                Accounts = [.. Keys.Select(key => new GenesisAccount(
                    key.Address, TokenAmount.FromFil(100)))],
            }.Build,
            GenesisTimestamp = StartTime,
        });
        Node = new(new()
        {
            Chain = chain,
            Producer = new(chain, () => Time),
            Clock = () => Time,
            Keys = new(Keys),
            Limits = limits ?? new(),
        });
        server = new(MethodTable.Devnet, Node.Limits);
    }

    public RpcNode Node { get; }

    public AccountKey[] Keys { get; }

    public ulong Time { get; set; } = StartTime;

    /// <summary>The text that answers a text.</summary>
    public string Answer(string request, Permission granted = Permission.Admin) =>
        Encoding.UTF8.GetString(server.Answer(
            Encoding.UTF8.GetBytes(request), new(Node, null, granted)).Span);

    /// <summary>The result of a call, which must have one.</summary>
    public JsonElement Call(string method, params object?[] parameters)
    {
        JsonElement answer = Ask(method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer}");
    }

    /// <summary>The error of a call, which must have one.</summary>
    public JsonElement Fail(string method, params object?[] parameters) =>
        Ask(method, parameters).GetProperty("error");

    public static string Ethereum(AccountKey key) => Hex.OfBytes(key.Address.Payload[^20..]);

    private JsonElement Ask(string method, object?[] parameters) =>
        JsonDocument.Parse(Answer(JsonSerializer.Serialize(
            new { jsonrpc = "2.0", id = 1, method, @params = parameters }))).RootElement;

    private static AccountKey KeyOf(byte number)
    {
        byte[] secret = new byte[32];
        secret[31] = number;
        return AccountKey.Of(secret);
    }
}
