namespace Filecoin.Node;

/// <summary>What a developer's network is to be like.</summary>
public sealed record DevnetOptions
{
    /// <summary>The port that it listens on; 0 for any that is free.</summary>
    public int Port { get; init; } = 8545;

    /// <summary>The address of the interface that it listens on.</summary>
    public System.Net.IPAddress Host { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>How many accounts it has.</summary>
    public int Accounts { get; init; } = 10;

    /// <summary>What each of them owns, in FIL.</summary>
    public long BalanceFil { get; init; } = 10_000;

    /// <summary>The words that keys come from, unless the first state's file has some.</summary>
    public string Mnemonic { get; init; } = MnemonicKeys.Words;

    /// <summary>From block to block; null for a block as soon as a message is there.</summary>
    public TimeSpan? BlockTime { get; init; }

    /// <summary>Whether blocks are made only when somebody asks for one.</summary>
    public bool IsManual { get; init; }

    /// <summary>What a new network begins with besides.</summary>
    public GenesisFile Genesis { get; init; } = new();

    /// <summary>Where the chain is kept.</summary>
    public ChainPlace Place { get; init; }

    /// <summary>
    /// Whether the built-in actors are those of the official bundle, whose gas is the network's.
    /// </summary>
    public bool IsGasExact { get; init; }

    /// <summary>Folder of bundles; null for the user's cache.</summary>
    public string? Bundles { get; init; }

    /// <summary>Whether callers without a token may only read.</summary>
    public bool HasTokens { get; init; }

    /// <summary>The words that keys do come from.</summary>
    public string Words => Genesis.Mnemonic ?? Mnemonic;

    /// <summary>What accounts own.</summary>
    public TokenAmount Balance => TokenAmount.FromFil(BalanceFil);
}
