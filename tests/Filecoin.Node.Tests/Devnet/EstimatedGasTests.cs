using System.Globalization;
using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Devnet;

/// <summary>What a token costs where gas is estimated, and where it is exact.</summary>
public sealed class EstimatedGasTests(ITestOutputHelper output)
{
    // A million tokens of 18 digits.
    private const string Supply =
        "00000000000000000000000000000000000000000000d3c21bcecceda1000000";

    private const string Transfer =
        "0xa9059cbb000000000000000000000000000000000000000000000000000000000000beef"
        + "0000000000000000000000000000000000000000000000000000000000000007";

    private static readonly string Token = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, "bench", "clients", "Token.json")))
        .RootElement.GetProperty("bytecode").GetString()!;

    private readonly record struct Costs(
        ulong Deployment, ulong First, ulong Second, ulong Estimate);

    [Fact]
    public void A_token_costs_by_estimate_nearly_what_it_costs_exactly()
    {
        Assert.SkipUnless(
            new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));

        Costs estimated = CostsOf("estimated");
        Costs exact = CostsOf("exact", "--exact-gas");

        AssertNear("deployment", exact.Deployment, estimated.Deployment);
        AssertNear("first transfer", exact.First, estimated.First);
        AssertNear("second transfer", exact.Second, estimated.Second);
        AssertNear("eth_estimateGas", exact.Estimate, estimated.Estimate);
    }

    [Fact]
    public void Less_gas_than_the_estimate_says_is_too_little()
    {
        using DevnetProcess devnet = DevnetProcess.Start();
        using RpcClient client = new(devnet.Url);
        string sender = client.Call("eth_accounts")[0].GetString()!;
        string token = Send(client, new { from = sender, data = Token + Supply })
            .GetProperty("contractAddress").GetString()!;
        ulong needed = Used(Send(client, new { from = sender, to = token, data = Transfer }));
        string gas = $"0x{needed * 9 / 10:x}";

        JsonElement receipt = Send(client, new { from = sender, to = token, data = Transfer, gas });

        Assert.Equal("0x0", receipt.GetProperty("status").GetString());
        Assert.Empty(receipt.GetProperty("logs").EnumerateArray());
    }

    private static Costs CostsOf(string gas, params string[] options)
    {
        using DevnetProcess devnet = DevnetProcess.Start(options);
        Assert.Contains($"\n{gas}: ", devnet.Shown, StringComparison.Ordinal);
        using RpcClient client = new(devnet.Url);
        Assert.EndsWith(
            $"{gas}-gas",
            client.Call("web3_clientVersion").GetString(),
            StringComparison.Ordinal);
        string sender = client.Call("eth_accounts")[0].GetString()!;
        JsonElement made = Send(client, new { from = sender, data = Token + Supply });
        string token = made.GetProperty("contractAddress").GetString()!;
        object call = new { from = sender, to = token, data = Transfer };
        return new(
            Used(made),
            Used(Send(client, call)),
            Used(Send(client, call)),
            Number(client.Call("eth_estimateGas", call)));
    }

    private static JsonElement Send(RpcClient client, object transaction) => client.Call(
        "eth_getTransactionReceipt", client.Call("eth_sendTransaction", transaction).GetString());

    private static ulong Used(JsonElement receipt) => Number(receipt.GetProperty("gasUsed"));

    private static ulong Number(JsonElement text) => ulong.Parse(
        text.GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void AssertNear(string what, ulong exact, ulong estimated)
    {
        double ratio = (double)estimated / exact;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: exact {exact}, estimated {estimated}, ratio {ratio:F4}"));
        Assert.InRange(ratio, 0.95, 1.05);
    }
}
