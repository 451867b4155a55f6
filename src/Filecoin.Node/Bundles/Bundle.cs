namespace Filecoin.Node;

/// <summary>An official bundle of built-in actors: their code and the list of them.</summary>
/// <param name="Version">The actors' version.</param>
/// <param name="Network">Which network it was made for.</param>
/// <param name="Manifest">CID of <c>[version, list]</c>, the CAR's root.</param>
/// <param name="Store">Its blocks.</param>
public sealed record Bundle(int Version, string Network, Cid Manifest, IBlockstore Store);
