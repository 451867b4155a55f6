using System.Text;
using Filecoin.Fuzz.Chain;
using Filecoin.Ipld;
using Filecoin.Rpc;

namespace Filecoin.Fuzz.Rpc;

/// <summary>What callers send a node: requests, conversations of several, dumped states.</summary>
public static class RpcTargets
{
    private const string Account = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";
    private const int TextsMax = 8;

    public static IEnumerable<byte[]> Requests()
    {
        foreach ((string method, string parameters) in ((string, string)[])
        [
            ("eth_getBalance", $"'{Account}','latest'"),
            ("eth_getBlockByNumber", "'0x0',true"),
            ("eth_call", $"{{'from':'{Account}','to':null,'data':'0x5b5f56'}},'latest'"),
            ("eth_call", $"{{'to':'{Account}'}},'latest',{{'{Account}':{{'balance':'0x1',"
                + "'code':'0x00','stateDiff':{'0x0':'0x1'}}}"),
            ("eth_sendTransaction", $"{{'from':'{Account}','to':'{Account}','gas':'0x989680'}}"),
            ("eth_sendRawTransaction", "'0x02f86b'"),
            ("eth_getLogs", "{'fromBlock':'0x0','toBlock':'latest','topics':[null,['0x00']]}"),
            ("eth_feeHistory", "'0x2','latest',[10,50.5]"),
            ("eth_simulateV1",
                $"{{'blockStateCalls':[{{'calls':[{{'to':'{Account}'}}]}}]}},'latest'"),
            ("debug_traceCall", $"{{'to':'{Account}'}},'latest',{{'tracer':'callTracer'}}"),
            ("trace_filter", "{'fromBlock':'0x0','count':1}"),
            ("hardhat_setCode", $"'{Account}','0x5b5f56'"),
            ("hardhat_setStorageAt", $"'{Account}','0x0','0x1'"),
            ("evm_mine", ""),
            ("anvil_mine", "'0x2','0x3'"),
            ("Filecoin.ChainGetTipSetByHeight", "0,[]"),
            ("Filecoin.StateGetActor", "'f01',[]"),
            ("Filecoin.StateReadState", "'f01',null"),
            ("Filecoin.MpoolPush", "{'Message':{'Version':0,'To':'f01','From':'f099','Nonce':0,"
                + "'Value':'0','GasLimit':1,'GasFeeCap':'0','GasPremium':'0','Method':0,"
                + "'Params':''},'Signature':{'Type':1,'Data':''}}"),
        ])
        {
            yield return Bytes(Call(method, parameters));
        }

        yield return Bytes($"[{Call("eth_chainId", "")},{{\"method\":\"net_version\"}},7]");
        foreach (RpcMethod method in MethodTable.Devnet)
        {
            yield return Bytes(Call(
                method.Name, string.Join(',', method.Parameters.Select(_ => "'0x1'"))));
        }
    }

    public static IEnumerable<byte[]> Conversations()
    {
        string mine = Call("evm_mine", "");
        foreach (string[] texts in (string[][])
        [
            [Call("eth_subscribe", "'newHeads'"), mine, mine],
            [Call("eth_subscribe", "'logs',{}"), Call("eth_newFilter", "{}"), mine],
            [Call("Filecoin.ChainNotify", ""), mine, Call("xrpc.cancel", "1")],
            [Call("evm_snapshot", ""), mine, Call("evm_revert", "'0x1'")],
        ])
        {
            yield return Bytes(string.Join('\n', texts));
        }
    }

    public static IEnumerable<byte[]> Dumps()
    {
        using FuzzNetwork network = new();
        yield return network.Dump();
        _ = network.Answer(Bytes(Call("hardhat_setCode", $"'{Account[..^1]}0','0x5b5f56'")));
        _ = network.Answer(Bytes(Call("evm_mine", "")));
        yield return network.Dump();
    }

    public static Outcome Request(ReadOnlySpan<byte> input)
    {
        using FuzzNetwork network = new();
        return OutcomeOf(network.Answer(input.ToArray()));
    }

    /// <summary>Requests by one connection, a line each.</summary>
    public static Outcome Conversation(ReadOnlySpan<byte> input)
    {
        using FuzzNetwork network = new();
        string[] lines =
        [
            .. Encoding.Latin1.GetString(input).Split('\n').Take(TextsMax)
                .Select(text => network.Answer(Encoding.Latin1.GetBytes(text))),
        ];
        return OutcomeOf(string.Join(", ", lines));
    }

    /// <summary>A dumped state is taken whole, or nothing is changed.</summary>
    public static Outcome Dump(ReadOnlySpan<byte> input)
    {
        using FuzzNetwork network = new();
        (Cid, long, int) before = network.Place;
        string line = network.Answer(Bytes(Call(
            "anvil_loadState",
            $"'0x{Convert.ToHexStringLower(SnapshotTarget.Rename(input))}'")));
        if (line == "result")
        {
            return Outcome.Accepted($"epoch {Outcome.Size(network.Place.Epoch)}");
        }

        Claim.Holds(before == network.Place, "a refused dump has changed the network");
        return Outcome.Refused(line);
    }

    private static Outcome OutcomeOf(string line) =>
        line.Contains("result", StringComparison.Ordinal) || line == "none"
            ? Outcome.Accepted(line)
            : Outcome.Refused(line);

    /// <summary>A request; apostrophes are quotes.</summary>
    private static string Call(string method, string parameters) =>
        $"{{'jsonrpc':'2.0','id':1,'method':'{method}','params':[{parameters}]}}"
            .Replace('\'', '"');

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
