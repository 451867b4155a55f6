using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Devnet;

/// <summary>A network that is killed with SIGKILL while it is sent messages.</summary>
/// <remarks><c>FVM_KILL_ROUNDS</c> is how often; else ten times.</remarks>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int RunMilliseconds = 1_500;
    private const int StartMilliseconds = 700;
    private const int Seed = 7;

    private static readonly int Rounds = TestRounds.Of("FVM_KILL_ROUNDS", usual: 10);

    [Fact]
    public void Nothing_that_was_acknowledged_is_lost_by_a_kill()
    {
        Random random = new(Seed);
        using KilledNetwork network = new();
        for (int round = 0; round < Rounds; round++)
        {
            network.RunUntilKilled(
                random.Next(RunMilliseconds), isManual: random.Next(2) == 0);
            if (random.Next(4) == 0)
            {
                network.KillAtStart(random.Next(StartMilliseconds));
            }

            network.Check();
        }

        network.CheckWhole();
        output.WriteLine(
            $"{Rounds} rounds: {network.AcceptedCount} transactions, {network.ReceiptCount}"
                + $" receipts and {network.BlockCount} blocks acknowledged");
        Assert.True(network.ReceiptCount > Rounds, "too few receipts");
    }
}
