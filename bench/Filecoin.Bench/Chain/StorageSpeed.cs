using System.Diagnostics;
using Filecoin.Chain;
using Filecoin.Crypto;

namespace Filecoin.Bench;

/// <summary>
/// What time costs a network with miners: epochs that are walked one by one, and a stretch that
/// is skipped, each with all of cron's work.
/// </summary>
internal static class StorageSpeed
{
    private const int DayEpochs = 2_880;
    private const int HalfYearEpochs = 180 * DayEpochs;
    private const int ManyMiners = 100;
    private const int FewMiners = 10;
    private const int ManySectors = 1_000;

    internal static int Run()
    {
        Show("genesis", ManyMiners, 0, () => Start(ManyMiners, ManySectors));
        Blockchain many = Start(ManyMiners, ManySectors);
        Show("a day, epoch by epoch", ManyMiners, DayEpochs, () =>
            new BlockProducer(many, () => 0).MineMany(DayEpochs));
        Blockchain few = Start(FewMiners, ManySectors);
        Show("half a year at once", FewMiners, HalfYearEpochs, () =>
            _ = new BlockProducer(few, () => 0).Mine(nullRounds: HalfYearEpochs - 1));
        return 0;
    }

    private static void Show(string what, int miners, int epochs, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - before;
        Console.WriteLine(
            $"{what,-22} {miners,4} miners of {ManySectors} sectors {epochs,7} epochs"
            + $" {Stopwatch.GetElapsedTime(start).TotalSeconds,7:F2} s"
            + $" {used.TotalSeconds,7:F2} s of processor,"
            + $" {Environment.WorkingSet >> 20} MB");
    }

    private static Blockchain Start(int miners, int sectors)
    {
        Address[] owners = [.. Enumerable.Range(1, miners).Select(OwnerOf)];
        return Blockchain.Open(new()
        {
            Store = new MemoryOrderedStore(),
            Machines = NativeMachines.Open,
            BuildGenesis = new GenesisState
            {
                Accounts =
                [
                    .. owners.Select(owner => new GenesisAccount(
                        owner, GenesisMiner.UsualBalance)),
                ],
                Miners =
                [
                    .. owners.Select(owner => new GenesisMiner(
                        owner, sectors, GenesisMiner.UsualBalance)),
                ],
            }.Build,
            GenesisTimestamp = 1_700_000_000,
        });
    }

    private static Address OwnerOf(int number)
    {
        byte[] key = new byte[Bls.PublicKeyLength];
        Bls.PublicKey([(byte)number, .. new byte[31]], key);
        return Address.FromBls(key);
    }
}
