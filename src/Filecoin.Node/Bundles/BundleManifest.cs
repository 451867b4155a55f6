namespace Filecoin.Node;

/// <summary>The manifest of a bundle: what names the list of its actors.</summary>
/// <remarks>Spec: ipld-encoding 8.2: <c>[1, link to [[name, code], …]]</c>.</remarks>
public static class BundleManifest
{
    private const ulong ManifestVersion = 1;

    /// <summary>The manifest's CID, of which a state holds that of the list alone.</summary>
    public static Cid CidOf(Cid list)
    {
        CborWriter writer = new(64);
        writer.WriteArrayHeader(2);
        writer.WriteUInt64(ManifestVersion);
        writer.WriteCid(list);
        Cid manifest = Cid.Of(Codec.DagCbor, writer.Written);
        writer.Dispose();
        return manifest;
    }

    /// <summary>Reads the list and checks that all code is there.</summary>
    /// <returns>Names and code CIDs, in the order of their types.</returns>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public static IReadOnlyList<(string Name, Cid Code)> Read(IBlockstore store, Cid manifest)
    {
        CborReader reader = new(Get(store, manifest).Span);
        if (!reader.TryReadArrayOf(2) || !reader.TryReadUInt64(out ulong version)
            || !reader.TryReadCid(out Cid list) || !reader.TryEnd() || version != ManifestVersion)
        {
            throw Malformed(manifest, "no manifest of version 1");
        }

        if (!Manifest.TryReadList(
            Get(store, list).Span, out List<(string Name, Cid Code)> actors) || actors.Count == 0)
        {
            throw Malformed(list, "no list of actors, [[name, code], ...]");
        }

        foreach ((string name, Cid code) in actors)
        {
            if (!store.Has(code))
            {
                throw new IpldException(
                    IpldFailure.Missing, code, $"the code of {name}, {code}, is missing");
            }
        }

        return actors;
    }

    private static ReadOnlyMemory<byte> Get(IBlockstore store, Cid cid) =>
        store.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? block
            : throw new IpldException(IpldFailure.Missing, cid, $"block {cid} is missing");

    private static IpldException Malformed(Cid cid, string reason) =>
        new(IpldFailure.Malformed, cid, $"block {cid}: {reason}");
}
