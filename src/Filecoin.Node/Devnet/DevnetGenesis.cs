using Filecoin.Chain;
using Filecoin.Crypto;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What a developer's network begins with, and whose keys it has.</summary>
internal sealed class DevnetGenesis(DevnetOptions options, DevnetActors actors)
{
    private const int OwnKeysMax = 50;

    private readonly GenesisFile file = options.Genesis;

    /// <summary>The network's parameters.</summary>
    public NetworkParameters Network { get; } = options.Genesis.Network;

    /// <summary>The keys of Ethereum's accounts that come from words.</summary>
    public IReadOnlyList<AccountKey> Keys { get; } = MnemonicKeys.Derive(
        options.Words,
        options.Genesis.Accounts ?? options.Accounts);

    /// <summary>The keys of the network's own accounts, f1, that come from words.</summary>
    public IReadOnlyList<WalletKey> OwnKeys { get; } = MnemonicKeys.DeriveFilecoin(
        options.Words,
        int.Min(OwnKeysMax, options.Genesis.Accounts ?? options.Accounts));

    /// <summary>All keys: the network's own, Ethereum's, those of miners.</summary>
    /// <param name="miners">With how many miners the network began.</param>
    public IEnumerable<WalletKey> WalletKeys(long miners) =>
    [
        .. OwnKeys,
        .. Keys.Select(key => WalletKey.Of(SignatureType.Delegated, key.Secret.Span)),
        .. MinerSecrets((int)miners).Select(secret => WalletKey.Of(SignatureType.Bls, secret)),
    ];

    /// <summary>Who gets the blocks' rewards: the first miner, or nobody.</summary>
    public Address BlockMiner => Address.FromId(
        file.Miners.Count > 0 ? GenesisState.FirstLater : WellKnownActors.BurntFunds);

    /// <summary>Writes the state and gives its root.</summary>
    public Cid Build(IBlockstore blocks)
    {
        TokenAmount balance = TokenAmount.FromFil(file.Balance ?? options.BalanceFil);
        List<GenesisMiner> miners = Miners();
        GenesisAccount[] ethereum =
            [.. Keys.Select(key => new GenesisAccount(key.Address, balance))];
        GenesisAccount[] own =
        [
            .. miners.Select(miner => new GenesisAccount(miner.Owner, miner.Balance + balance)),
            .. OwnKeys.Select(key => new GenesisAccount(key.Address, balance)),
        ];
        return new GenesisState
        {
            Builtins = actors.Builtins,
            Machines = actors.Open,
            Network = Network,
            Accounts = [.. ethereum, .. file.NamedAccounts([.. ethereum, .. own]), .. own],
            Miners = miners,

            // Ethereum's accounts cannot call what only the root may.
            RegistryRoot = OwnKeys[0].Address,
        }.Build(blocks);
    }

    private IReadOnlyList<byte[]> MinerSecrets(int count) => count == 0
        ? []
        : MnemonicKeys.DeriveBls(options.Words, count);

    private List<GenesisMiner> Miners()
    {
        if (file.Miners.Count == 0)
        {
            return [];
        }

        List<GenesisMiner> miners = [];
        byte[] key = new byte[Bls.PublicKeyLength];
        foreach (byte[] secret in MinerSecrets(file.Miners.Count))
        {
            Bls.PublicKey(secret, key);
            GenesisFileMiner wanted = file.Miners[miners.Count];
            miners.Add(new(
                Address.FromBls(key),
                wanted.Sectors,
                wanted.Balance is long fil
                    ? TokenAmount.FromFil(fil)
                    : GenesisMiner.UsualBalance));
        }

        return miners;
    }
}
