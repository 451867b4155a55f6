using System.Diagnostics;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>A client that does what clients do, and how long each answer takes.</summary>
internal sealed class Bystander(RpcClient client)
{
    /// <summary>A contract that answers at once: the node must have it.</summary>
    public const string Contract = "0x5555555555555555555555555555555555555555";

    private const string First = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const int PauseMilliseconds = 5;
    private const int PreparationRounds = 40;

    private readonly List<double> milliseconds = [];

    /// <summary>Milliseconds that so many percent of the answers took at most.</summary>
    public double Percentile(int percent) => milliseconds.Order().ElementAt(
        int.Min(milliseconds.Count - 1, milliseconds.Count * percent / 100));

    /// <summary>Asks in turn so often that the node has compiled what it runs.</summary>
    public void Prepare()
    {
        for (int i = 0; i < PreparationRounds; i++)
        {
            AskAll();
        }

        milliseconds.Clear();
    }

    /// <summary>Asks in turn, once at least.</summary>
    /// <param name="isToGoOn">Asked between two rounds.</param>
    public void GoWhile(Func<bool> isToGoOn)
    {
        do
        {
            AskAll();
            Thread.Sleep(PauseMilliseconds);
        }
        while (isToGoOn());
    }

    /// <summary>Asks for one of each; an answer that is an error is a failure.</summary>
    public void AskAll()
    {
        _ = Measure("eth_blockNumber");
        _ = Measure("eth_getBalance", First, "latest");
        _ = Measure("eth_call", new { to = Contract }, "latest");
        string? hash = Measure(
            "eth_sendTransaction",
            new { from = First, to = Contract, value = "0x1", gas = "0x989680" }).GetString();
        Assert.Equal(
            "0x1", Measure("eth_getTransactionReceipt", hash).GetProperty("status").GetString());
    }

    public override string ToString() =>
        $"{milliseconds.Count} answers, p50 {Percentile(50):F1} ms, p99 {Percentile(99):F1} ms,"
        + $" slowest {milliseconds.Max():F1} ms";

    private System.Text.Json.JsonElement Measure(string method, params object?[] parameters)
    {
        long start = Stopwatch.GetTimestamp();
        System.Text.Json.JsonElement result = client.Call(method, parameters);
        milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }
}
