using System.Text.Json;
using System.Text.Json.Serialization;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What a network begins with, as a file says it: docs/genesis.md.</summary>
/// <remarks>
/// Amounts are in FIL. What is not said is as <c>fvm devnet</c> has it. Members can be set because
/// the generated reader would give those that can only be initialised no value of their own.
/// </remarks>
public sealed record GenesisFile
{
    private const int BytesMax = 4 << 20;
    private const int AccountsMax = 800;
    private const int MinersMax = 1_000;
    private const int SectorsMax = 100_000;
    private const long FilMax = 1_000_000_000;

    private static readonly GenesisFileJson Json = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 8,
    });

    /// <summary>The network's name.</summary>
    public string Name { get; set; } = NetworkParameters.Devnet.Name;

    /// <summary>The chain id that Ethereum's tools know it by.</summary>
    public ulong ChainId { get; set; } = NetworkParameters.Devnet.ChainId;

    /// <summary>The time of the first block in seconds since 1970; null for now.</summary>
    public ulong? Timestamp { get; set; }

    /// <summary>The words that keys come from; null for those of the command line.</summary>
    public string? Mnemonic { get; set; }

    /// <summary>How many accounts come from the words; null as the command line says.</summary>
    public int? Accounts { get; set; }

    /// <summary>What each of them owns; null as the command line says.</summary>
    public long? Balance { get; set; }

    /// <summary>What others own, by address: f1, f3, f410 or 0x.</summary>
    public IReadOnlyDictionary<string, long> Balances { get; set; } =
        new Dictionary<string, long>();

    /// <summary>Storage miners; their owners' BLS keys come from the words.</summary>
    public IReadOnlyList<GenesisFileMiner> Miners { get; set; } = [];

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
            GenesisFile? file = JsonSerializer.Deserialize(bytes, Json.GenesisFile);
            return (file ?? throw new FormatException("null")).Checked();
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw new FormatException(Excerpt.OneLine($"{path}: {failure.Message}"), failure);
        }
    }

    /// <summary>The accounts that it names besides those of the words.</summary>
    internal IEnumerable<GenesisAccount> NamedAccounts() => Balances
        .OrderBy(static named => named.Key, StringComparer.Ordinal)
        .Select(static named =>
            new GenesisAccount(AddressOf(named.Key), TokenAmount.FromFil(named.Value)));

    private GenesisFile Checked()
    {
        Require(Name.Length is > 0 and <= 64, "name", "has not 1 to 64 letters");
        Require(ChainId is > 0 and <= long.MaxValue, "chainId", "is not positive");
        Require(Accounts is null or (> 0 and <= AccountsMax), "accounts", "is not 1 to 800");
        Require(Balance is null or (>= 0 and <= FilMax), "balance", "is out of range");
        Require(Balances.Count + (Accounts ?? 0) + Miners.Count <= AccountsMax,
            "accounts", "are more than 800");
        foreach ((string address, long balance) in Balances)
        {
            _ = AddressOf(address);
            Require(balance is >= 0 and <= FilMax, $"balances.{address}", "is out of range");
        }

        Require(Miners.Count <= MinersMax, "miners", "are more than 1000");
        for (int i = 0; i < Miners.Count; i++)
        {
            Require(
                Miners[i].Sectors is >= 0 and <= SectorsMax,
                $"miners[{i}].sectors", "is not 0 to 100000");
            Require(
                Miners[i].Balance is null or (> 0 and <= FilMax),
                $"miners[{i}].balance", "is out of range");
        }

        return this;
    }

    private static Address AddressOf(string text)
    {
        if (Hex.TryReadBytes(text, out byte[] bytes) && bytes.Length == Address.EthereumLength)
        {
            return Address.FromEthereum(bytes);
        }

        return Address.TryParse(text, out Address address)
            && address.Protocol is Protocol.Secp256k1 or Protocol.Bls or Protocol.Delegated
                ? address
                : throw new FormatException($"balances.{text}: no address of an account");
    }

    private static void Require(bool isSo, string where, string problem)
    {
        if (!isSo)
        {
            throw new FormatException($"{where} {problem}");
        }
    }
}

/// <summary>A storage miner of a file.</summary>
/// <param name="Sectors">How many sectors of 32 GiB it has proven.</param>
/// <param name="Balance">What it owns, in FIL; null for what it needs.</param>
public sealed record GenesisFileMiner(int Sectors = 0, long? Balance = null);

/// <summary>How a file is read.</summary>
[JsonSerializable(typeof(GenesisFile))]
internal sealed partial class GenesisFileJson : JsonSerializerContext;
