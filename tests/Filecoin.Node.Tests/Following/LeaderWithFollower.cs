using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Following;

/// <summary>A network, a node that follows it, and somebody who sends transactions.</summary>
internal sealed class LeaderWithFollower : IDisposable
{
    /// <summary>Deploys a contract whose code is to log 32 zero bytes, and stop.</summary>
    private const string Deployment = "0x6560206000a0006000526006601af3";

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-follow").FullName;

    public LeaderWithFollower()
    {
        LeaderProcess = DevnetProcess.Start("--data-dir", Path.Combine(folder, "leader"));
        FollowerProcess = StartFollower();
        (Leader, Follower) = (new(LeaderProcess.Url), new(FollowerProcess.Url));
        JsonElement accounts = Leader.Call("eth_accounts");
        (First, Second) = (accounts[0].GetString()!, accounts[1].GetString()!);
    }

    public DevnetProcess LeaderProcess { get; private set; }

    public DevnetProcess FollowerProcess { get; private set; }

    public RpcClient Leader { get; private set; }

    public RpcClient Follower { get; private set; }

    public string First { get; }

    public string Second { get; }

    /// <summary>Sends FIL, calls a new contract, and makes an empty block.</summary>
    public void DoSomeOfEach()
    {
        _ = Send(new { from = First, to = Second, value = "0x5" });
        _ = Send(new { from = Second, to = Deploy() });
        _ = Leader.Call("evm_mine");
    }

    /// <summary>Makes a contract; its address.</summary>
    public string Deploy() => Leader.Call(
        "eth_getTransactionReceipt", Send(new { from = First, data = Deployment }))
        .GetProperty("contractAddress").GetString()!;

    public string Send(object transaction) =>
        Leader.Call("eth_sendTransaction", transaction).GetString()!;

    /// <summary>Waits until the follower's head is the leader's, with the same state.</summary>
    public void Catch() => Follower.WaitFor(
        follower => Head(follower) == Head(Leader), "the same head and state");

    /// <summary>What a node says of each block of its chain: hash, receipts, outcome.</summary>
    public static IReadOnlyList<string> Chain(RpcClient node)
    {
        List<string> chain = [];
        long last = node.Call("Filecoin.ChainHead").GetProperty("Height").GetInt64();
        for (long epoch = 0; epoch <= last; epoch++)
        {
            string number = $"0x{epoch:x}";
            chain.Add($"{node.Call("eth_getBlockByNumber", number, true)}"
                + node.Call("eth_getBlockReceipts", number)
                + node.Call("fvm_getTipsetOutcome", node.Call(
                    "Filecoin.ChainGetTipSetByHeight", epoch, null).GetProperty("Cids")));
        }

        return chain;
    }

    public void RestartLeader()
    {
        string port = new Uri(LeaderProcess.Url).Port.ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        LeaderProcess.Kill();
        LeaderProcess.Dispose();
        LeaderProcess = DevnetProcess.Start(
            "--port", port, "--data-dir", Path.Combine(folder, "leader"));
    }

    public void RestartFollower()
    {
        FollowerProcess.Kill();
        FollowerProcess.Dispose();
        Follower.Dispose();
        FollowerProcess = StartFollower();
        Follower = new(FollowerProcess.Url);
    }

    public void Dispose()
    {
        Leader.Dispose();
        Follower.Dispose();
        FollowerProcess.Dispose();
        LeaderProcess.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Head(RpcClient node)
    {
        JsonElement head = node.Call("Filecoin.ChainHead").GetProperty("Cids");
        return $"{head}{node.Call("fvm_getTipsetOutcome", head)}";
    }

    private DevnetProcess StartFollower() => DevnetProcess.StartNode(
        "--follow", LeaderProcess.Url, "--data-dir", Path.Combine(folder, "follower"));
}
