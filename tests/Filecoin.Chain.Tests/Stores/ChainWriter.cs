using System.Diagnostics;
using System.Globalization;

namespace Filecoin.Chain.Tests.Stores;

/// <summary>
/// A second process of this program that sends messages and mines them until it is killed. It
/// writes a line when a message was taken, and when a block was made: its epoch, and what it led
/// to.
/// </summary>
public sealed class ChainWriter
{
    private const string FolderVariable = "FVM_TEST_MINES_IN";
    private const string LinesVariable = "FVM_TEST_MINES_TO";

    internal static TestWallet Sender { get; } = TestWallet.Secp(1);

    internal static TestNetwork Network => new(Sender);

    /// <summary>The message with a nonce, which is always the same.</summary>
    internal static SignedMessage MessageOf(ulong nonce) => Sender.Sign(TestNetwork.Transfer(
        Sender, nonce, TestWallet.Secp((int)(nonce % 50) + 10).Address, gas: 20_000_000));

    internal static Process Start(string folder, string lines)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Filecoin.Chain.Tests");
        ProcessStartInfo start = new(program + (OperatingSystem.IsWindows() ? ".exe" : ""))
        {
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            "-explicit", "only", "-method",
            $"{typeof(ChainWriter).FullName}.{nameof(Mines_until_it_is_killed)}",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[FolderVariable] = folder;
        start.Environment[LinesVariable] = lines;
        return Process.Start(start)!;
    }

    [Fact(Explicit = true)]
    public void Mines_until_it_is_killed()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        string? lines = Environment.GetEnvironmentVariable(LinesVariable);
        Assert.SkipWhen(folder is null || lines is null, "only a test starts it, as a process");
        using RocksOrderedStore store = RocksOrderedStore.Open(folder);
        using StreamWriter output = new(lines) { AutoFlush = true };
        (Blockchain chain, BlockProducer producer) = Network.StartManual(store);
        while (true)
        {
            for (int i = 0; i < 3; i++)
            {
                ulong nonce = chain.Pool.NextNonce(Sender.Address);
                Assert.Equal("", producer.Submit(MessageOf(nonce)).Line);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sent {nonce}"));
            }

            producer.Mine(nullRounds: chain.Head.Epoch.Value % 3);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"mined {chain.Head.Epoch} {chain.Head.KeyCid} {chain.StateRoot}"));
        }
    }
}
