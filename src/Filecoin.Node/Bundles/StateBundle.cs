namespace Filecoin.Node;

/// <summary>Puts behind a state the bundle that its built-in actors are from.</summary>
internal static class StateBundle
{
    /// <summary>The blocks of a sequence, and those of its actors' bundle.</summary>
    /// <exception cref="BundleMissingException">They are not at hand.</exception>
    /// <exception cref="SequenceException">They are not those of the bundle named.</exception>
    /// <exception cref="FatalException">The state is missing or malformed.</exception>
    /// <exception cref="IpldException">A block of the state is malformed.</exception>
    public static IBlockstore Layer(MessageSequence sequence, BundleStore bundles)
    {
        IBlockstore blocks = sequence.Blocks;
        StateTree state = StateTree.Load(
            blocks, sequence.StateRoot, NetworkConfig.For(sequence.NetworkVersion).Line);
        Cid list = Manifest.FindCid(state, blocks);
        if (sequence.ActorsVersion is not int version)
        {
            return HasActors(blocks, list)
                ? blocks
                : new LayeredBlockstore(
                    blocks, bundles.Load(BundleManifest.CidOf(list)).Store);
        }

        Bundle named = bundles.Load(version);
        LayeredBlockstore layered = new(blocks, named.Store);
        return HasActors(layered, list) ? layered : throw new SequenceException(
            $"{sequence.Name}: the actors of its state are "
            + $"{OfficialBundles.Describe(BundleManifest.CidOf(list))}, those of the bundle named "
            + $"are {OfficialBundles.Describe(named.Manifest)}");
    }

    private static bool HasActors(IBlockstore blocks, Cid list) =>
        blocks.TryGet(list, out ReadOnlyMemory<byte> block)
        && Manifest.TryReadList(block.Span, out List<(string Name, Cid Code)> actors)
        && actors.TrueForAll(actor => blocks.Has(actor.Code));
}
