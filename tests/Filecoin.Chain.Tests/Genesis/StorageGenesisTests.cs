using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;

namespace Filecoin.Chain.Tests.Genesis;

public sealed class StorageGenesisTests
{
    private const long SectorBytes = 32L << 30;

    private static readonly TokenAmount Rich = TokenAmount.FromFil(50_000);

    private static GenesisState WithMiners(params int[] sectors)
    {
        TestWallet[] owners = [.. sectors.Select((_, i) => TestWallet.BlsKey(i + 1))];
        return new()
        {
            Accounts = [.. owners.Select(owner => new GenesisAccount(owner.Address, Rich))],
            Miners =
            [
                .. owners.Select((owner, i) => new GenesisMiner(
                    owner.Address, sectors[i], GenesisMiner.UsualBalance)),
            ],
        };
    }

    [Fact]
    public void Miners_begin_with_the_power_of_their_sectors()
    {
        Blockchain chain = NativeNetwork.Start(WithMiners(3, 130, 0));

        StateOf state = new(chain);
        PowerState power = state.Load<PowerState>(WellKnownActors.StoragePower);
        Assert.Equal(3, power.MinerCount);
        Assert.Equal(133 * SectorBytes, power.TotalBytesCommitted.Value);
        Assert.Empty(state.Complaints(state.Total));
    }

    [Fact]
    public void A_sector_whose_window_nobody_proves_is_faulty_when_it_closes()
    {
        Blockchain chain = NativeNetwork.Start(WithMiners(2));
        BlockProducer producer = new(chain, () => 0);

        TokenAmount total = new StateOf(chain).Total;

        _ = producer.Mine(nullRounds: 2 * 2_880);

        StateOf state = new(chain);
        PowerState power = state.Load<PowerState>(WellKnownActors.StoragePower);
        Assert.Equal(1, power.MinerCount);
        Assert.Equal(0, power.TotalBytesCommitted.Value);
        Assert.Empty(state.Complaints(total));
    }

    [Fact]
    public void Two_months_in_which_nobody_proves_ends_all_sectors_and_keeps_all_fil()
    {
        Blockchain chain = NativeNetwork.Start(WithMiners(5, 0));
        TokenAmount total = new StateOf(chain).Total;

        _ = new BlockProducer(chain, () => 0).Mine(nullRounds: 60 * 2_880);

        StateOf state = new(chain);
        MinerState miner = state.Load<MinerState>(GenesisState.FirstLater);
        Assert.Equal(TokenAmount.Zero, miner.InitialPledge);
        Assert.Empty(state.Complaints(total));
    }

    [Fact]
    public void A_miner_whose_owner_is_no_account_is_refused()
    {
        GenesisState genesis = WithMiners(1) with { Accounts = [] };

        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => genesis.Build(new MemoryBlockstore()));
        Assert.Contains("genesis:", refusal.Message, StringComparison.Ordinal);
    }
}
