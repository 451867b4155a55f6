using System.Text;

namespace Filecoin.Rpc.Tests;

/// <summary>A network in this process, on actors in C#, with three accounts.</summary>
internal sealed class RpcNetwork
{
    public const ulong StartTime = 1_700_000_000;

    public RpcNetwork(
        RpcLimits? limits = null, int? minerSectors = null, IOrderedStore? store = null)
    {
        Keys = [KeyOf(1), KeyOf(2), KeyOf(3)];
        Blockchain chain = Blockchain.Open(new()
        {
            Store = store ?? new MemoryOrderedStore(),
            Machines = NativeMachines.Open,
            BuildGenesis = new GenesisState
            {
                Accounts = [.. Keys.Select(key => key.Address)
                    .Append(Own.Address)
                    .Select(address => new GenesisAccount(address, TokenAmount.FromFil(100)))
                    .Append(new(MinerOwner.Address, TokenAmount.FromFil(50_000)))],
                Miners = minerSectors is int sectors
                    ? [new(MinerOwner.Address, sectors, GenesisMiner.UsualBalance)]
                    : [],
            }.Build,
            GenesisTimestamp = StartTime,
        });
        Node = new(new()
        {
            Chain = chain,
            Producer = new(chain, () => Time),
            Clock = () => Time,
            Keys = new(Keys),
            Wallet = new([Own, MinerOwner]),
            Limits = limits ?? new(),
        });
        Server = new(MethodTable.Devnet, Node.Limits);
    }

    public RpcNode Node { get; }

    public RpcServer Server { get; }

    public AccountKey[] Keys { get; }

    /// <summary>The key of a miner that there is if it was asked for.</summary>
    public WalletKey MinerOwner { get; } = WalletKey.Of(
        SignatureType.Bls, Enumerable.Repeat((byte)5, WalletKey.SecretLength).ToArray());

    /// <summary>The usual one of the keys of the network's own that the node has.</summary>
    public WalletKey Own { get; } = WalletKey.Of(
        SignatureType.Secp256k1, Enumerable.Repeat((byte)7, WalletKey.SecretLength).ToArray());

    /// <summary>The address of that key, as methods take it.</summary>
    public string OwnAddress => $"{new AddressView(Own.Address)}";

    public ulong Time { get; set; } = StartTime;

    /// <summary>The text that answers a text.</summary>
    public string Answer(string request, Permission granted = Permission.Admin)
    {
        using AnswerBuffer answer = Server.Answer(
            Encoding.UTF8.GetBytes(request), new(Node, null, granted));
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The result of a call, which must have one.</summary>
    public JsonElement Call(string method, params object?[] parameters)
    {
        JsonElement answer = Ask(method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer}");
    }

    /// <summary>Signs a message with the node's key, sends it, and gives what it led to.</summary>
    public JsonElement Push(string to, string value, ulong method = 0, string? parameters = null)
    {
        JsonElement sent = Call(
            "Filecoin.MpoolPushMessage", MessageTo(to, value, method, parameters));
        return Call("Filecoin.StateSearchMsg", null, sent.GetProperty("CID"));
    }

    /// <summary>A message of the node's key, without nonce and gas.</summary>
    public object MessageTo(
        string to, string value, ulong method = 0, string? parameters = null) => new
        {
            To = to,
            From = OwnAddress,
            Value = value,
            GasFeeCap = "0",
            GasPremium = "0",
            Method = method,
            Params = parameters,
        };

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
