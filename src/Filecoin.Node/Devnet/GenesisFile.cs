using System.Text.Json;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What a network begins with, as a file says it: docs/genesis.md.</summary>
/// <remarks>
/// Amounts are in FIL. What is not said is as <c>fvm devnet</c> has it.
/// </remarks>
public sealed record GenesisFile
{
    private const int NameLettersMax = 64;
    private const int BytesMax = 4 << 20;
    private const int AccountsMax = 800;
    private const int MinersMax = 1_000;
    private const int SectorsMax = 100_000;
    private const long FilMax = 1_000_000_000;

    /// <summary>The network's name.</summary>
    public string Name { get; init; } = NetworkParameters.Devnet.Name;

    /// <summary>The chain id that Ethereum's tools know it by.</summary>
    public ulong ChainId { get; init; } = NetworkParameters.Devnet.ChainId;

    /// <summary>The time of the first block in seconds since 1970; null for now.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>The words that keys come from; null for those of the command line.</summary>
    public string? Mnemonic { get; init; }

    /// <summary>How many accounts come from the words; null as the command line says.</summary>
    public int? Accounts { get; init; }

    /// <summary>What each of them owns; null as the command line says.</summary>
    public long? Balance { get; init; }

    /// <summary>What others own, by address: f1, f3, f410 or 0x.</summary>
    public IReadOnlyDictionary<string, long> Balances { get; init; } =
        new Dictionary<string, long>();

    /// <summary>Storage miners; their owners' BLS keys come from the words.</summary>
    public IReadOnlyList<GenesisFileMiner> Miners { get; init; } = [];

    /// <summary>Where it was read; empty for no file.</summary>
    internal string Path { get; init; } = "";

    /// <summary>The network's parameters.</summary>
    internal NetworkParameters Network => NetworkParameters.Devnet with
    {
        Name = Name,
        ChainId = ChainId,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">One line that says what is wrong and where.</exception>
    public static GenesisFile Read(string path)
    {
        byte[] bytes = InputFile.Read(path, BytesMax);
        try
        {
            using JsonDocument document =
                JsonPlace.Parse(bytes, out JsonPlace top, isWritten: true);
            return Read(top) with { Path = path };
        }
        catch (Exception failure) when (failure is SequenceException or FormatException)
        {
            throw new FormatException(Excerpt.OneLine($"{path}: {failure.Message}"), failure);
        }
    }

    /// <summary>The accounts that it names besides those that are there without it.</summary>
    /// <param name="others">Those that are there without it.</param>
    /// <exception cref="FormatException">One is among the others.</exception>
    internal IReadOnlyList<GenesisAccount> NamedAccounts(IEnumerable<GenesisAccount> others)
    {
        HashSet<Address> taken = [.. others.Select(static other => other.Address)];
        List<GenesisAccount> accounts = [];
        foreach ((string text, long balance) in
            Balances.OrderBy(static named => named.Key, StringComparer.Ordinal))
        {
            Address address = AddressOf(text);
            if (taken.Contains(address))
            {
                throw new FormatException(
                    $"{Path}: balances.{text}: the network has this account already");
            }

            accounts.Add(new(address, TokenAmount.FromFil(balance)));
        }

        return accounts;
    }

    private static GenesisFile Read(JsonPlace top)
    {
        GenesisFile file = new();
        foreach ((string name, JsonPlace value) in top.Members())
        {
            file = name switch
            {
                "name" => file with { Name = NameIn(value) },
                "chainId" => file with { ChainId = (ulong)value.Natural(min: 1) },
                "timestamp" => file with { Timestamp = value.UInt64() },
                "mnemonic" => file with { Mnemonic = MnemonicKeys.Checked(value.Text(), name) },
                "accounts" => file with { Accounts = (int)value.Natural(AccountsMax, min: 1) },
                "balance" => file with { Balance = value.Natural(FilMax) },
                "balances" => file with { Balances = BalancesIn(value) },
                "miners" => file with { Miners = [.. value.Items(MinersMax).Select(MinerIn)] },
                _ => throw Unknown(value),
            };
        }

        int count = file.Balances.Count + (file.Accounts ?? 0) + file.Miners.Count;
        return count <= AccountsMax
            ? file
            : throw new FormatException(
                $"accounts, balances and miners are {count}, more than {AccountsMax}");
    }

    private static string NameIn(JsonPlace value) =>
        value.Text() is { Length: > 0 and <= NameLettersMax } name
            ? name
            : throw value.Refuse($"has not 1 to {NameLettersMax} letters");

    private static Dictionary<string, long> BalancesIn(JsonPlace value)
    {
        Dictionary<string, long> balances = [];
        HashSet<Address> named = [];
        foreach ((string text, JsonPlace balance) in value.Members())
        {
            balances.Add(text, balance.Natural(FilMax));
            if (!named.Add(AddressOf(text)))
            {
                throw new FormatException($"balances.{text}: this account is named before");
            }
        }

        return balances;
    }

    private static GenesisFileMiner MinerIn(JsonPlace value)
    {
        GenesisFileMiner miner = new();
        foreach ((string name, JsonPlace member) in value.Members())
        {
            miner = name switch
            {
                "sectors" => miner with { Sectors = (int)member.Natural(SectorsMax) },
                "balance" => miner with { Balance = member.Natural(FilMax, min: 1) },
                _ => throw Unknown(member),
            };
        }

        return miner;
    }

    private static SequenceException Unknown(JsonPlace value) =>
        value.Refuse("is no member of such a file: docs/genesis.md has all");

    /// <summary>The address of an account; Ethereum's names of ids are none.</summary>
    private static Address AddressOf(string text)
    {
        Address address = default;
        byte[] bytes = new byte[Address.EthereumLength];
        bool isRead =
            Hex.TryReadBytes(text, out byte[] read) && read.Length == Address.EthereumLength
                ? (address = Address.FromEthereum(read)).Protocol == Protocol.Delegated
                : Address.TryParse(text, out address);
        bool isAccount = isRead && address.Protocol switch
        {
            Protocol.Secp256k1 or Protocol.Bls => true,
            Protocol.Delegated =>
                address.TryToEthereum(bytes) && Address.FromEthereum(bytes) == address,
            _ => false,
        };
        return !isAccount
            ? throw new FormatException($"balances.{text}: no address of an account")
            : address.Protocol == Protocol.Delegated && bytes.All(static digit => digit == 0)
                ? throw new FormatException(
                    $"balances.{text}: the network has this account already")
                : address;
    }
}

/// <summary>A storage miner of a file.</summary>
/// <param name="Sectors">How many sectors of 32 GiB it has proven.</param>
/// <param name="Balance">What it owns, in FIL; null for what it needs.</param>
public sealed record GenesisFileMiner(int Sectors = 0, long? Balance = null);
