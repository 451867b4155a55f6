namespace Filecoin.Node;

/// <summary>What a node that makes no blocks is to be like.</summary>
internal sealed record ReadNodeOptions
{
    /// <summary>Address of the node that it follows; null to read what is there.</summary>
    public string? Leader { get; init; }

    /// <summary>Where its chain is kept.</summary>
    public ChainPlace Place { get; init; }

    /// <summary>Whether it executes with the official bundle's actors.</summary>
    public bool IsGasExact { get; init; }

    /// <summary>Folder of bundles; null for the user's cache.</summary>
    public string? Bundles { get; init; }
}
