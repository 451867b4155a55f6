using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

public sealed class ChainFilesTests : IDisposable
{
    private const int BadInput = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-car").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_network_goes_on_elsewhere_from_a_file()
    {
        string head = MakeChain();
        DotnetProcess written = Fvm.Run("chain", "export", At("a.car"), "--data-dir", At("a"));
        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        DotnetProcess taken = Fvm.Run("chain", "import", At("a.car"), "--data-dir", At("b"));
        Assert.Equal((0, ""), (taken.ExitCode, taken.Error));

        using DevnetProcess devnet = DevnetProcess.Start("--data-dir", At("b"));
        using RpcClient client = new(devnet.Url);

        Assert.Equal(head, $"{client.Call("eth_getBlockByNumber", "latest", true)}");
        Send(client);
        Assert.Equal("0x3", client.Call("eth_blockNumber").GetString());
        Assert.False(File.Exists(At("a.car.part")));
    }

    [Fact]
    public void A_state_that_a_short_file_had_not_is_refused_with_the_first_that_is_there()
    {
        _ = MakeChain(blocks: 6);
        Assert.Equal(0, Fvm.Run(
            "chain", "export", At("a.car"), "--data-dir", At("a"), "--epochs", "2").ExitCode);
        Assert.Equal(0, Fvm.Run("chain", "import", At("a.car"), "--data-dir", At("b")).ExitCode);

        using DevnetProcess devnet = DevnetProcess.Start("--data-dir", At("b"));
        using RpcClient client = new(devnet.Url);
        string sender = client.Call("eth_accounts")[0].GetString()!;

        foreach (int asked in (int[])[1, 2, 3])
        {
            string line =
                $"no state of epoch {asked} in the store: it has that of epoch 4 again";
            Assert.Equal(line, client.Refusal("eth_getBalance", sender, $"0x{asked}"));
            Assert.Equal(line, client.Refusal(
                "eth_call", new { from = sender, to = sender }, $"0x{asked}"));
        }

        Assert.Equal(
            "0x4", client.Call("eth_getTransactionCount", sender, "0x4").GetString());
        Assert.Equal(
            "0x0", client.Call("eth_getTransactionCount", sender, "0x0").GetString());
    }

    [Fact]
    public void The_chain_of_a_running_node_is_written()
    {
        using DevnetProcess devnet = DevnetProcess.Start();
        using RpcClient client = new(devnet.Url);
        Send(client);

        DotnetProcess written = Fvm.Run("chain", "export", At("a.car"), "--follow", devnet.Url);

        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        Assert.StartsWith($"{At("a.car")}: the chain up to epoch 1, ", written.Output);
        Assert.Equal(
            0, Fvm.Run("chain", "import", At("a.car"), "--data-dir", At("b")).ExitCode);
    }

    [Fact]
    public void Help_says_that_all_epochs_are_written_unless_some_are_asked_for()
    {
        string help = Fvm.Run("chain", "export", "--help").Output;

        Assert.Contains("else for all.", help, StringComparison.Ordinal);
        Assert.DoesNotContain($"{long.MaxValue}", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_not_written_over()
    {
        _ = MakeChain();
        File.WriteAllText(At("a.car"), "mine");

        DotnetProcess refused = Fvm.Run("chain", "export", At("a.car"), "--data-dir", At("a"));

        Assert.Equal(
            (BadInput, $"fvm: {At("a.car")} is there already: delete it, or give another name\n"),
            (refused.ExitCode, refused.Error));
        Assert.Equal("mine", File.ReadAllText(At("a.car")));
        Assert.False(File.Exists(At("a.car.part")));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("text")]
    [InlineData("missing")]
    public void A_file_that_is_no_chain_is_refused_and_leaves_nothing(string damage)
    {
        _ = MakeChain();
        _ = Fvm.Run("chain", "export", At("a.car"), "--data-dir", At("a"));
        byte[] car = File.ReadAllBytes(At("a.car"));
        Damage(damage, car);

        DotnetProcess refused = Fvm.Run("chain", "import", At("a.car"), "--data-dir", At("b"));

        Assert.Equal(BadInput, refused.ExitCode);
        Assert.Matches("^fvm: [^\n]+\n$", refused.Error);
        File.WriteAllBytes(At("b.car"), car);
        Assert.Equal(
            damage is "changed" ? BadInput : 0,
            Fvm.Run("chain", "import", At("b.car"), "--data-dir", At("b")).ExitCode);
    }

    [Fact]
    public void A_chain_is_not_put_over_another()
    {
        _ = MakeChain();
        _ = Fvm.Run("chain", "export", At("a.car"), "--data-dir", At("a"));

        DotnetProcess refused = Fvm.Run("chain", "import", At("a.car"), "--data-dir", At("a"));

        Assert.Equal((BadInput, "fvm: snapshot: the store is not empty\n"),
            (refused.ExitCode, refused.Error));
    }

    private void Damage(string damage, byte[] car)
    {
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(At("a.car"), car.AsSpan(0, car.Length - 100));
                break;
            case "changed":
                car[car.Length / 2] ^= 1;
                File.WriteAllBytes(At("a.car"), car);
                break;
            case "text":
                File.WriteAllText(At("a.car"), "no chain at all");
                break;
            default:
                File.Delete(At("a.car"));
                break;
        }
    }

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>A chain in the folder a; what its last block is.</summary>
    private string MakeChain(int blocks = 2)
    {
        using DevnetProcess devnet = DevnetProcess.Start("--data-dir", At("a"));
        using RpcClient client = new(devnet.Url);
        for (int i = 0; i < blocks; i++)
        {
            Send(client);
        }

        string head = $"{client.Call("eth_getBlockByNumber", "latest", true)}";
        devnet.Interrupt();
        Assert.Equal(0, devnet.WaitForExit());
        return head;
    }

    private static void Send(RpcClient client)
    {
        string from = client.Call("eth_accounts")[0].GetString()!;
        _ = client.Call("eth_sendTransaction", new { from, to = from, value = "0x1" });
    }
}
