using Filecoin.Actors;
using Filecoin.Actors.Account;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Init;
using Filecoin.Actors.Reward;

namespace Filecoin.Chain;

/// <summary>An account that a chain begins with.</summary>
/// <param name="Address">Its key: f1, f3, or f410 for an Ethereum key.</param>
/// <param name="Balance">What it owns.</param>
public readonly record struct GenesisAccount(Address Address, TokenAmount Balance);

/// <summary>The state that a chain begins with.</summary>
/// <remarks>
/// Spec: lotus chain/gen/genesis; eth-compat 14. Always there: all built-in actors of which there
/// is one, burnt funds, and the Ethereum address of zeros, which calls come from that name nobody.
/// Accounts get ids from 100 on, miners and whoever comes later from 1,000 on.
/// </remarks>
public sealed record GenesisState
{
    private const ulong StateVersion = 5;

    private static readonly HamtOptions Options = new(BitWidth: 5);

    /// <summary>The id of the first miner, or of whoever comes first.</summary>
    public static ActorId FirstLater { get; } = new(1_000);

    /// <summary>What cron calls at the end of each epoch.</summary>
    /// <remarks>Spec: actors/cron, built-in entries.</remarks>
    public static ValueList<CronEntry> CronEntries { get; } =
    [
        new(Address.FromId(WellKnownActors.StoragePower), new(5)),
        new(Address.FromId(WellKnownActors.StorageMarket), new(9)),
    ];

    /// <summary>The built-in actors and their code, by number from 1 on.</summary>
    public IReadOnlyList<(string Name, Cid Code)> Builtins { get; init; } =
        OfficialActors.Version18;

    /// <summary>What opens the machine in which storage actors and miners are made.</summary>
    public MachineFactory Machines { get; init; } = NativeMachines.Open;

    /// <summary>What the machine is told of the network.</summary>
    public NetworkParameters Network { get; init; } = NetworkParameters.Devnet;

    /// <summary>Accounts, each address once; at most 900.</summary>
    public IReadOnlyList<GenesisAccount> Accounts { get; init; } = [];

    /// <summary>Storage miners, whose owners are accounts.</summary>
    public IReadOnlyList<GenesisMiner> Miners { get; init; } = [];

    /// <summary>Who names verifiers of clients: an account; null for the first one.</summary>
    public Address? RegistryRoot { get; init; }

    /// <summary>What is there to be mined, which the reward actor holds.</summary>
    public TokenAmount Mineable { get; init; } = TokenAmount.FromFil(1_100_000_000);

    /// <summary>Writes the state and gives its root.</summary>
    /// <exception cref="ArgumentException">
    /// A built-in actor is not listed, an address cannot be an account's or is there twice, a
    /// miner cannot be made.
    /// </exception>
    public Cid Build(IBlockstore blocks)
    {
        Hamt<ActorState> actors = new(blocks, Options);
        Hamt<ActorId> addresses = new(blocks, Options);
        Cid empty = blocks.Put(Codec.DagCbor, new byte[] { 0x80 });
        ulong nextId = PutAccounts(blocks, actors, addresses, empty);
        Put(actors, WellKnownActors.System, Make(
            "system", blocks.PutCbor(new SystemState(PutBuiltins(blocks)))));
        Put(actors, WellKnownActors.Init, Make("init", blocks.PutCbor(new InitState(
            addresses.Flush(), ulong.Max(nextId, FirstLater.Value), Network.Name))));
        Put(actors, WellKnownActors.Reward, Make(
            "reward", blocks.PutCbor(RewardState.Create(0)), Mineable));
        Put(actors, WellKnownActors.Cron, Make(
            "cron", blocks.PutCbor(new CronState(CronEntries))));
        Put(actors, WellKnownActors.StoragePower, Make("storagepower", empty));
        Put(actors, WellKnownActors.StorageMarket, Make("storagemarket", empty));
        Put(actors, WellKnownActors.VerifiedRegistry, Make("verifiedregistry", empty));
        Put(actors, WellKnownActors.DataCap, Make("datacap", empty));
        Put(actors, WellKnownActors.EthereumAddressManager, Make("eam", empty));
        Put(actors, WellKnownActors.BurntFunds, Make("account", blocks.PutCbor(
            new AccountState(Address.FromId(WellKnownActors.BurntFunds)))));
        Cid root = blocks.PutCbor(new StateWrapper(StateVersion, actors.Flush(), empty));
        return new StorageGenesis(Machines, Network, blocks).Build(
            root, RegistryRoot ?? Address.FromId(WellKnownActors.FirstGiven), Miners);
    }

    private ulong PutAccounts(
        IBlockstore blocks, Hamt<ActorState> actors, Hamt<ActorId> addresses, Cid empty)
    {
        Address nobody = Address.FromEthereum(new byte[Address.EthereumLength]);
        ulong id = WellKnownActors.FirstGiven.Value;
        foreach (GenesisAccount account in
            (GenesisAccount[])[.. Accounts, new(nobody, TokenAmount.Zero)])
        {
            Address address = account.Address;
            ActorState actor = address.Protocol switch
            {
                Protocol.Secp256k1 or Protocol.Bls => Make(
                    "account", blocks.PutCbor(new AccountState(address)), account.Balance),
                Protocol.Delegated => Make("ethaccount", empty, account.Balance) with
                {
                    DelegatedAddress = address,
                },
                _ => throw new ArgumentException(
                    $"{address.ToTestnetString()} cannot be an account's"),
            };
            byte[] key = address.ToBytes();
            if (addresses.TryGet(key, out _))
            {
                throw new ArgumentException(
                    $"two accounts have the address {address.ToTestnetString()}");
            }

            _ = addresses.Set(key, new(id));
            Put(actors, new(id++), actor);
        }

        return id;
    }

    private Cid PutBuiltins(IBlockstore blocks)
    {
        CborWriter list = new(1_024);
        list.WriteArrayHeader(Builtins.Count);
        foreach ((string name, Cid code) in Builtins)
        {
            list.WriteArrayHeader(2);
            list.WriteText(name);
            list.WriteCid(code);
        }

        Cid cid = blocks.Put(Codec.DagCbor, list.ToArray());
        list.Dispose();
        return cid;
    }

    private ActorState Make(string name, Cid state, TokenAmount balance = default)
    {
        foreach ((string listed, Cid code) in Builtins)
        {
            if (listed == name)
            {
                return new(code, state, 0, balance, null);
            }
        }

        throw new ArgumentException($"no built-in actor {name} is listed");
    }

    private static void Put(Hamt<ActorState> actors, ActorId id, ActorState actor) =>
        _ = actors.Set(Address.FromId(id).ToBytes(), actor);
}

/// <summary>The block that a state's root names.</summary>
/// <remarks>Spec: message-execution 3.1.</remarks>
[CborTuple]
internal readonly partial record struct StateWrapper(ulong Version, Cid Actors, Cid Info);
