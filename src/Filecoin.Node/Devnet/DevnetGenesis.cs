using Filecoin.Chain;
using Filecoin.Crypto;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What a developer's network begins with, and whose keys it has.</summary>
internal sealed class DevnetGenesis(DevnetOptions options, DevnetActors actors)
{
    private readonly GenesisFile file = options.Genesis;

    /// <summary>The network's parameters.</summary>
    public NetworkParameters Network { get; } = NetworkParameters.Devnet with
    {
        Name = options.Genesis.Name,
        ChainId = options.Genesis.ChainId,
    };

    /// <summary>The keys of accounts that come from words.</summary>
    public IReadOnlyList<AccountKey> Keys { get; } = MnemonicKeys.Derive(
        options.Genesis.Mnemonic ?? options.Mnemonic,
        options.Genesis.Accounts ?? options.Accounts);

    /// <summary>Who gets the blocks' rewards: the first miner, or nobody.</summary>
    public Address BlockMiner => Address.FromId(
        file.Miners.Count > 0 ? GenesisState.FirstLater : WellKnownActors.BurntFunds);

    /// <summary>Writes the state and gives its root.</summary>
    public Cid Build(IBlockstore blocks)
    {
        TokenAmount balance = TokenAmount.FromFil(file.Balance ?? options.BalanceFil);
        List<GenesisMiner> miners = Miners();
        return new GenesisState
        {
            Builtins = actors.Builtins,
            Machines = actors.Open,
            Network = Network,
            Accounts =
            [
                .. Keys.Select(key => new GenesisAccount(key.Address, balance)),
                .. file.NamedAccounts(),
                .. miners.Select(miner => new GenesisAccount(miner.Owner, miner.Balance)),
            ],
            Miners = miners,
        }.Build(blocks);
    }

    private List<GenesisMiner> Miners()
    {
        if (file.Miners.Count == 0)
        {
            return [];
        }

        List<GenesisMiner> miners = [];
        byte[] key = new byte[Bls.PublicKeyLength];
        foreach (byte[] secret in MnemonicKeys.DeriveBls(
            file.Mnemonic ?? options.Mnemonic, file.Miners.Count))
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
