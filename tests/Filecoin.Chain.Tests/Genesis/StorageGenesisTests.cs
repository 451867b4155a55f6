using Filecoin.ActorRuntime;
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

    private static T StateOf<T>(Blockchain chain, ActorId id)
        where T : ICbor<T>
    {
        StateTree state = StateTree.Load(
            chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);
        Assert.True(state.TryGetActor(id, out ActorState actor));
        return chain.Store.Blocks.GetCbor<T>(actor.State);
    }

    [Fact]
    public void Miners_begin_with_the_power_of_their_sectors()
    {
        Blockchain chain = NativeNetwork.Start(WithMiners(3, 130, 0));

        PowerState power = StateOf<PowerState>(chain, WellKnownActors.StoragePower);

        Assert.Equal(3, power.MinerCount);
        Assert.Equal(133 * SectorBytes, power.TotalBytesCommitted.Value);
        Assert.Empty(PowerInvariants.Check(power, chain.Store.Blocks, Policy.Mainnet));
        for (ulong id = 1_000; id < 1_003; id++)
        {
            MinerState miner = StateOf<MinerState>(chain, new(id));
            Assert.Empty(MinerInvariants.Check(
                miner, GenesisMiner.UsualBalance, chain.Store.Blocks));
        }
    }

    [Fact]
    public void A_sector_whose_window_nobody_proves_is_faulty_when_it_closes()
    {
        Blockchain chain = NativeNetwork.Start(WithMiners(2));
        BlockProducer producer = new(chain, () => 0);

        _ = producer.Mine(nullRounds: 2 * 2_880);

        PowerState power = StateOf<PowerState>(chain, WellKnownActors.StoragePower);
        Assert.Equal(1, power.MinerCount);
        Assert.Equal(0, power.TotalBytesCommitted.Value);
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
