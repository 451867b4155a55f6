namespace Filecoin.Rpc.Tests;

/// <summary>A network on which contracts are put in place and called.</summary>
internal sealed class ContractNetwork
{
    public const string Outer = "0x1111111111111111111111111111111111111111";
    public const string Inner = "0x2222222222222222222222222222222222222222";

    public RpcNetwork Network { get; } = new();

    public string Sender => RpcNetwork.Ethereum(Network.Keys[0]);

    /// <summary>Gives an address code.</summary>
    public void Put(string address, string code) =>
        _ = Network.Call("hardhat_setCode", address, "0x" + code);

    /// <summary>Two contracts, of which the outer one calls the inner.</summary>
    public void PutBoth(string outer, string inner)
    {
        Put(Outer, outer);
        Put(Inner, inner);
    }

    /// <summary>Sends a transaction with gas for anything, and gives its hash.</summary>
    public string Send(string? to, string data = "0x", string gas = "0x3b9aca00") => Network.Call(
        "eth_sendTransaction", new { from = Sender, to, data, gas }).GetString()!;

    /// <summary>The calls of the latest block.</summary>
    public JsonElement[] Traces() => [.. Network.Call("trace_block", "latest").EnumerateArray()];

    public JsonElement Debug(string hash, object? options = null) =>
        Network.Call("debug_traceTransaction", hash, options);

    public string Error(string method, params object?[] parameters) =>
        Network.Fail(method, parameters).GetProperty("message").GetString()!;
}
