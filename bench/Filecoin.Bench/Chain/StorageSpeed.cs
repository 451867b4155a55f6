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
        BlockProducer proven = Prove(Start(FewMiners, ManySectors), FewMiners);
        Show("the same, all proven", FewMiners, HalfYearEpochs, () =>
            _ = proven.Mine(nullRounds: HalfYearEpochs - 1));
        return 0;
    }

    private static BlockProducer Prove(Blockchain chain, int miners)
    {
        Dictionary<Address, byte[]> secrets =
            Enumerable.Range(1, miners).ToDictionary(OwnerOf, SecretOf);
        ProvingMiners proving = new(
            chain,
            key => message =>
            {
                byte[] signature = new byte[Bls.SignatureLength];
                Bls.Sign(secrets[key], message.Cid.Bytes, signature);
                return new(message, new(SignatureType.Bls, signature));
            },
            Console.WriteLine);
        for (int i = 0; i < miners; i++)
        {
            proving.Set(new(GenesisState.FirstLater.Value + (ulong)i), isProving: true);
        }

        return new(chain, () => 0) { Proving = proving };
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
                        owner, GenesisMiner.UsualBalance + TokenAmount.FromFil(1_000))),
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
        Bls.PublicKey(SecretOf(number), key);
        return Address.FromBls(key);
    }

    private static byte[] SecretOf(int number) => [(byte)number, .. new byte[31]];
}
