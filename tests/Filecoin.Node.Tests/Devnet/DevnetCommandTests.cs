using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Devnet;

/// <summary><c>fvm devnet</c> as a person sees it.</summary>
public sealed class DevnetCommandTests : IDisposable
{
    /// <summary>On Ctrl-C it ends within a second.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-devnet").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_prints_what_anvil_prints_in_its_order()
    {
        using DevnetProcess devnet = DevnetProcess.Start("--accounts", "2");
        string[] headings =
        [
            .. devnet.Shown.Split('\n').Where((_, i) =>
                devnet.Shown.Split('\n').ElementAtOrDefault(i + 1) == "=================="),
        ];
        Assert.Equal(
            [
                "Available Accounts", "Private Keys", "Filecoin's own Accounts", "Wallet",
                "Chain ID", "Base Fee", "Gas Limit", "Latest Epoch", "Latest Timestamp", "Gas",
            ],
            headings);
        Assert.Contains(
            "\n(0) 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 t410f",
            devnet.Shown,
            StringComparison.Ordinal);
        Assert.Contains(
            "\n(1) 0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d\n",
            devnet.Shown,
            StringComparison.Ordinal);
        Assert.Contains(
            "\nChain ID\n==================\n\n31415926\n",
            devnet.Shown,
            StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_kept_chain_it_prints_what_accounts_own_and_the_words_of_the_file()
    {
        const string words =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
            + " abandon about";
        string file = Path.Combine(folder, "genesis.json");
        File.WriteAllText(file, $"{{ \"mnemonic\": \"{words}\", \"balance\": 70 }}");
        string[] options =
            ["--accounts", "2", "--data-dir", Path.Combine(folder, "paid"), "--genesis", file];
        using (DevnetProcess devnet = DevnetProcess.Start(options))
        {
            using RpcClient client = new(devnet.Url);
            _ = client.Call("eth_sendTransaction", new
            {
                from = client.Call("eth_accounts")[0].GetString(),
                to = client.Call("eth_accounts")[1].GetString(),
                value = "0x14d1120d7b160000",
            });
            Assert.Contains(" (70 FIL)\n", devnet.Shown, StringComparison.Ordinal);
            Assert.DoesNotContain("10000 FIL", devnet.Shown, StringComparison.Ordinal);
        }

        using DevnetProcess again = DevnetProcess.Start(options);
        Assert.Matches(@"\n\(0\) 0x\w+ t410\w+ \(68\.\d{1,6} FIL\)\n", again.Shown);
        Assert.Matches(@"\n\(1\) 0x\w+ t410\w+ \(71\.5 FIL\)\n", again.Shown);
        Assert.Contains($"Mnemonic:          {words}\n", again.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_time_makes_blocks_by_the_clock_whether_there_are_messages_or_not()
    {
        using DevnetProcess devnet = DevnetProcess.Start("--block-time", "1");
        using RpcClient client = new(devnet.Url);
        string sender = client.Call("eth_accounts")[0].GetString()!;
        string hash = client.Call(
            "eth_sendTransaction", new { from = sender, to = sender, value = "0x1" }).GetString()!;

        client.WaitFor(
            node => node.Call("eth_getTransactionReceipt", hash).ValueKind
                == JsonValueKind.Object,
            "the transaction's block");
        client.WaitFor(
            node => Convert.ToInt64(node.Call("eth_blockNumber").GetString(), 16) >= 3,
            "three blocks");

        long[] times =
        [
            .. Enumerable.Range(1, 3).Select(number => Convert.ToInt64(
                client.Call("eth_getBlockByNumber", $"0x{number:x}", false)
                    .GetProperty("timestamp").GetString(),
                16)),
        ];
        Assert.Equal([times[0], times[0] + 1, times[0] + 2], times);
        Assert.Equal(
            "0x1",
            client.Call("eth_getTransactionReceipt", hash).GetProperty("status").GetString());
    }

    [Fact]
    public void A_block_time_may_be_a_part_of_a_second()
    {
        using DevnetProcess devnet = DevnetProcess.Start("--block-time", "0.2");
        using RpcClient client = new(devnet.Url);

        Stopwatch time = Stopwatch.StartNew();
        client.WaitFor(
            node => Convert.ToInt64(node.Call("eth_blockNumber").GetString(), 16) >= 10,
            "ten blocks");

        // By whole seconds they would take ten.
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void A_token_of_the_folder_lets_commands_do_more_than_read()
    {
        string chain = Path.Combine(folder, "guarded");
        using DevnetProcess devnet = DevnetProcess.Start("--auth", "--data-dir", chain);
        using RpcClient client = new(devnet.Url);
        string token = File.ReadAllText(Path.Combine(chain, "token"));
        using RpcClient owner = new(devnet.Url, token);

        Assert.Contains($"\nToken\n==================\n\n{token}\n", devnet.Shown);
        Assert.Equal(
            "missing permission to invoke 'evm_mine' (need 'admin')", client.Refusal("evm_mine"));
        Assert.Equal("0x0", owner.Call("evm_mine").GetString());
    }

    [Fact]
    public async Task An_interrupt_ends_it_soon_and_all_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to send to another");
        string[] options = ["--data-dir", Path.Combine(folder, "chain")];
        string sent;
        using (DevnetProcess devnet = DevnetProcess.Start(options))
        {
            using RpcClient client = new(devnet.Url);
            sent = client.Call("eth_sendTransaction", new
            {
                from = client.Call("eth_accounts")[0].GetString(),
                to = "0x1111111111111111111111111111111111111111",
                value = "0x5",
            }).GetString()!;
            using ClientWebSocket socket = new();
            await socket.ConnectAsync(
                new Uri(devnet.Url.Replace("http", "ws", StringComparison.Ordinal)),
                TestContext.Current.CancellationToken);

            Stopwatch time = Stopwatch.StartNew();
            devnet.Interrupt();
            Assert.Equal(0, devnet.WaitForExit());
            Assert.InRange(time.Elapsed, TimeSpan.Zero, EndMax);
            Assert.Equal("", devnet.Errors);
        }

        using DevnetProcess again = DevnetProcess.Start(options);
        using RpcClient later = new(again.Url);
        Assert.Equal(
            sent,
            later.Call("eth_getTransactionReceipt", sent)
                .GetProperty("transactionHash").GetString());
        Assert.Contains(
            "\nLatest Epoch\n==================\n\n1\n", again.Shown, StringComparison.Ordinal);
    }
}
