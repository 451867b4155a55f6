using System.Text.RegularExpressions;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;
using Filecoin.Actors.VerifiedRegistry;
using Filecoin.Chain;
using Filecoin.Crypto;
using Filecoin.Ipld;
using Filecoin.Node.Tests.Commands;
using Filecoin.TestKit;
using Filecoin.Vm;
using Claim = Filecoin.Actors.Power.Claim;

namespace Filecoin.Node.Tests.Devnet;

public sealed class GenesisFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    private GenesisFile Read(string json)
    {
        File.WriteAllText(path, json);
        return GenesisFile.Read(path);
    }

    private static StateTree StateOf(Blockchain chain) => StateTree.Load(
        chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);

    [Fact]
    public void The_documented_file_makes_the_network_that_it_says()
    {
        string page = File.ReadAllText(
            Path.Combine(Repository.Root, "docs", "genesis.md"));
        string json = Regex.Match(page, "```json\n(.*?)```", RegexOptions.Singleline)
            .Groups[1].Value;

        using DevnetNetwork network = DevnetNetwork.Open(new() { Genesis = Read(json) });

        Blockchain chain = network.Node.Chain;
        StateTree state = StateOf(chain);
        Assert.Equal(("my-network", 1_700_000_000UL), (
            chain.Network.Name, chain.Head.Timestamp));
        Address named = Address.FromEthereum(Convert.FromHexString(
            "1111111111111111111111111111111111111111"));
        Assert.True(state.TryResolve(named, out ActorId id));
        Assert.True(state.TryGetActor(id, out ActorState actor));
        Assert.Equal(TokenAmount.FromFil(5), actor.Balance);
        Assert.True(state.TryGetActor(WellKnownActors.StoragePower, out ActorState power));
        PowerState claims = chain.Store.Blocks.GetCbor<PowerState>(power.State);
        Assert.Equal((2L, 10 * (32L << 30)), (
            claims.MinerCount, (long)claims.TotalBytesCommitted.Value));
        Assert.True(state.TryGetActor(GenesisState.FirstLater, out ActorState miner));
        Assert.Equal(GenesisMiner.UsualBalance, miner.Balance);
        TokenAmount deposit = chain.Store.Blocks.GetCbor<MinerState>(miner.State).LockedFunds;
        Assert.True(deposit > TokenAmount.FromFil(31) && deposit < TokenAmount.FromFil(33));
        Assert.Equal(Address.FromId(GenesisState.FirstLater), network.Node.Producer.Miner);
    }

    [Fact]
    public void A_miner_s_owner_can_pay_for_messages()
    {
        using DevnetNetwork network = DevnetNetwork.Open(new()
        {
            Genesis = Read("{ \"balance\": 70, \"miners\": [ { } ] }"),
        });

        Address owner = Assert.Single(network.Node.Wallet.Addresses, address =>
            address.Protocol == Protocol.Bls);
        StateTree state = StateOf(network.Node.Chain);
        Assert.True(state.TryResolve(owner, out ActorId id));
        Assert.True(state.TryGetActor(id, out ActorState account));
        Assert.Equal(TokenAmount.FromFil(70), account.Balance);
    }

    [Fact]
    public void Who_names_verifiers_has_a_key_that_can_sign_for_it()
    {
        using DevnetNetwork network = DevnetNetwork.Open(new());

        Blockchain chain = network.Node.Chain;
        StateTree state = StateOf(chain);
        Assert.True(state.TryGetActor(WellKnownActors.VerifiedRegistry, out ActorState actor));
        Address root = chain.Store.Blocks.GetCbor<VerifiedRegistryState>(actor.State).RootKey;
        Address usual = network.Node.Wallet.Usual!.Value;
        Assert.Equal(Protocol.Secp256k1, usual.Protocol);
        Assert.True(state.TryResolve(usual, out ActorId id));
        Assert.Equal(Address.FromId(id), root);
    }

    [Fact]
    public void A_network_that_goes_on_without_its_file_is_the_same_and_pays_the_same_miner()
    {
        string folder = Directory.CreateTempSubdirectory("fvm-genesis").FullName;
        DevnetOptions kept = new() { Place = new(folder, null) };
        using (DevnetNetwork network = DevnetNetwork.Open(kept with
        {
            Genesis = Read("{ \"chainId\": 5, \"miners\": [ { } ] }"),
        }))
        {
            _ = network.Node.Producer.Mine();
        }

        using (DevnetNetwork again = DevnetNetwork.Open(kept))
        {
            Assert.Equal(5UL, again.Node.Chain.Network.ChainId);
            Assert.Equal(
                Address.FromId(GenesisState.FirstLater), again.Node.Producer.Miner);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_network_that_goes_on_without_its_file_is_proven_as_before()
    {
        const int days = 3 * 2_880;
        string folder = Directory.CreateTempSubdirectory("fvm-proven").FullName;
        DevnetOptions kept = new() { Place = new(folder, null) };
        using (DevnetNetwork network = DevnetNetwork.Open(kept with
        {
            Genesis = Read("{ \"miners\": [ { \"sectors\": 1 }, { \"sectors\": 1 } ] }"),
        }))
        {
            network.Node.Producer.Proving.Set(GenesisState.FirstLater, isProving: false);
        }

        using (DevnetNetwork again = DevnetNetwork.Open(kept))
        {
            _ = again.Node.Producer.Mine(nullRounds: days);

            Assert.Equal([0L, 32L << 30], PowersOf(again.Node.Chain, 2));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_imported_network_is_proven_once_its_file_was_given()
    {
        const int day = 2_880;
        string folder = Directory.CreateTempSubdirectory("fvm-imported").FullName;
        string car = Path.Combine(folder, "a.car");
        DevnetOptions first = new() { Place = new(Path.Combine(folder, "a"), null) };
        DevnetOptions next = new() { Place = new(Path.Combine(folder, "b"), null) };
        GenesisFile file = Read("{ \"miners\": [ { \"sectors\": 1 }, { \"sectors\": 2 } ] }");
        using (DevnetNetwork network = DevnetNetwork.Open(first with { Genesis = file }))
        {
            _ = network.Node.Producer.Mine();
        }

        Assert.Equal("", Fvm.Run(
            "chain", "export", car, "--data-dir", first.Place.Folder!).Error);
        Assert.Equal("", Fvm.Run(
            "chain", "import", car, "--data-dir", next.Place.Folder!).Error);
        foreach (GenesisFile given in (GenesisFile[])[new(), file, new()])
        {
            using DevnetNetwork network = DevnetNetwork.Open(next with { Genesis = given });
            if (network.Node.Wallet.Addresses.Any(own => own.Protocol == Protocol.Bls))
            {
                _ = network.Node.Producer.Mine(nullRounds: day);
            }
        }

        using (DevnetNetwork network = DevnetNetwork.Open(next))
        {
            Assert.Equal((2L * day) + 3, network.Node.Chain.Head.Epoch.Value);
            Assert.Equal([32L << 30, 64L << 30], PowersOf(network.Node.Chain, 2));
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Bytes that are proven of the first miners.</summary>
    private static long[] PowersOf(Blockchain chain, int count)
    {
        Assert.True(StateOf(chain).TryGetActor(WellKnownActors.StoragePower, out ActorState power));
        Hamt<Claim> claims = Hamt<Claim>.Load(
            chain.Store.Blocks,
            chain.Store.Blocks.GetCbor<PowerState>(power.State).Claims,
            new(BitWidth: 5));
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                ActorId id = new(GenesisState.FirstLater.Value + (ulong)i);
                Assert.True(claims.TryGet(Address.FromId(id).ToBytes(), out Claim claim));
                return (long)claim.RawBytePower.Value;
            }),
        ];
    }

    [Theory]
    [InlineData("{ \"acounts\": 3 }", "`acounts` is no member of such a file")]
    [InlineData("{ \"miners\": [ { \"x\": 3 } ] }", "`miners[0].x` is no member of such a file")]
    [InlineData("{ \"accounts\": 0 }", "`accounts` is 0, not a whole number from 1 to 800")]
    [InlineData("{ \"balance\": 1.5 }", "`balance` is 1.5, not a whole number from 0 to 10")]
    [InlineData("{ \"balances\": { \"f01\": 1 } }", "balances.f01: no address")]
    [InlineData("{ \"balances\": { \"0x11\": 1 } }", "balances.0x11: no address")]
    [InlineData(
        "{ \"balances\": { \"0xff00000000000000000000000000000000000063\": 1 } }",
        "balances.0xff00000000000000000000000000000000000063: no address of an account")]
    [InlineData(
        "{ \"balances\": { \"0x0000000000000000000000000000000000000000\": 1 } }",
        "balances.0x0000000000000000000000000000000000000000: the network has this account")]
    [InlineData(
        "{ \"balances\": { \"0x11111111111111111111111111111111111111aa\": 1, "
            + "\"0x11111111111111111111111111111111111111AA\": 1 } }",
        "balances.0x11111111111111111111111111111111111111AA: this account is named before")]
    [InlineData("{ \"balances\": null }", "`balances` is null, not an object")]
    [InlineData("{ \"name\": null }", "`name` is null, not a text")]
    [InlineData("{ \"name\": \"\" }", "`name` has not 1 to 64 letters")]
    [InlineData("{ \"miners\": [ null ] }", "`miners[0]` is null, not an object")]
    [InlineData("{ \"miners\": [ { \"sectors\": -1 } ] }", "`miners[0].sectors` is -1")]
    [InlineData("{ \"chainId\": 0 }", "`chainId` is 0")]
    [InlineData("{ \"mnemonic\": \"a b c\" }", "mnemonic: the number of words is 3, not 12")]
    [InlineData("[]", "the document is not an object")]
    [InlineData("null", "the document is not an object")]
    [InlineData("{", "JSON")]
    public void A_wrong_file_is_refused_with_a_line_that_names_the_place(
        string json, string place)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => Read(json));

        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("f1")]
    [InlineData("f3")]
    public void An_account_that_is_there_without_the_file_is_refused(string kind)
    {
        string name = kind switch
        {
            "f1" => $"{MnemonicKeys.DeriveFilecoin(MnemonicKeys.Words, 1)[0].Address}",
            "f3" => $"{OwnerOfFirstMiner()}",
            _ => kind,
        };
        GenesisFile file = Read(
            $"{{ \"miners\": [ {{ }} ], \"balances\": {{ \"{name}\": 1 }} }}");

        FormatException refusal = Assert.Throws<FormatException>(
            () => DevnetNetwork.Open(new() { Genesis = file }));

        Assert.Equal(
            $"{path}: balances.{name}: the network has this account already", refusal.Message);
    }

    private static Address OwnerOfFirstMiner()
    {
        byte[] key = new byte[Bls.PublicKeyLength];
        Bls.PublicKey(MnemonicKeys.DeriveBls(MnemonicKeys.Words, 1)[0], key);
        return Address.FromBls(key);
    }
}
