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

/// <summary>An actor that a chain begins with, beside those that every chain has.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name in the list of built-in actors.</param>
/// <param name="State">Its state, which the store has.</param>
/// <param name="Balance">What it owns.</param>
public readonly record struct GenesisActor(
    ActorId Id, string Name, Cid State, TokenAmount Balance);

/// <summary>The state that a chain begins with.</summary>
/// <remarks>
/// Spec: lotus chain/gen/genesis; eth-compat 14. Always there: system, init, reward, cron, burnt
/// funds, the manager of Ethereum addresses and the Ethereum address of zeros, which calls come
/// from that name nobody. Accounts get ids from 100 on, whoever comes later from 1,000 on.
/// </remarks>
public sealed record GenesisState
{
    private const ulong StateVersion = 5;
    private const ulong FirstLater = 1_000;

    private static readonly HamtOptions Options = new(BitWidth: 5);

    /// <summary>The built-in actors and their code, by number from 1 on.</summary>
    public required IReadOnlyList<(string Name, Cid Code)> Builtins { get; init; }

    /// <summary>The network's name.</summary>
    public string NetworkName { get; init; } = NetworkParameters.Devnet.Name;

    /// <summary>Accounts, each address once; at most 900.</summary>
    public IReadOnlyList<GenesisAccount> Accounts { get; init; } = [];

    /// <summary>Other actors.</summary>
    public IReadOnlyList<GenesisActor> Others { get; init; } = [];

    /// <summary>What cron calls each epoch.</summary>
    public ValueList<CronEntry> CronEntries { get; init; } = [];

    /// <summary>What is there to be mined, which the reward actor holds.</summary>
    public TokenAmount Mineable { get; init; } = TokenAmount.FromFil(1_100_000_000);

    /// <summary>Writes the state and gives its root.</summary>
    /// <exception cref="ArgumentException">
    /// A built-in actor is not listed, an address cannot be an account's or is there twice.
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
            addresses.Flush(), ulong.Max(nextId, FirstLater), NetworkName))));
        Put(actors, WellKnownActors.Reward, Make(
            "reward", blocks.PutCbor(RewardState.Create(0)), Mineable));
        Put(actors, WellKnownActors.Cron, Make(
            "cron", blocks.PutCbor(new CronState(CronEntries))));
        Put(actors, WellKnownActors.EthereumAddressManager, Make("eam", empty));
        Put(actors, WellKnownActors.BurntFunds, Make("account", blocks.PutCbor(
            new AccountState(Address.FromId(WellKnownActors.BurntFunds)))));
        foreach (GenesisActor other in Others)
        {
            Put(actors, other.Id, Make(other.Name, other.State, other.Balance));
        }

        return blocks.PutCbor(new StateWrapper(StateVersion, actors.Flush(), empty));
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
                _ => throw new ArgumentException($"{address} cannot be an account's"),
            };
            byte[] key = address.ToBytes();
            if (addresses.TryGet(key, out _))
            {
                throw new ArgumentException($"two accounts have the address {address}");
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
