namespace Filecoin.Node;

/// <summary>The list of actors in a bundle: name and code, in the order of their types.</summary>
/// <remarks>Spec: ipld-encoding 8.2: <c>[1, link to [[name, code], …]]</c>.</remarks>
public static class BundleManifest
{
    private const ulong ManifestVersion = 1;
    private const int ActorsMax = 64;

    /// <summary>Reads the list and checks that all code is there.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public static IReadOnlyList<(string Name, Cid Code)> Read(IBlockstore store, Cid manifest)
    {
        CborReader reader = new(Get(store, manifest).Span);
        if (!reader.TryReadArrayOf(2) || !reader.TryReadUInt64(out ulong version)
            || !reader.TryReadCid(out Cid list) || !reader.TryEnd() || version != ManifestVersion)
        {
            throw Malformed(manifest, "no manifest of version 1");
        }

        IReadOnlyList<(string Name, Cid Code)> actors = ReadList(Get(store, list).Span, list);
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

    private static List<(string Name, Cid Code)> ReadList(ReadOnlySpan<byte> block, Cid list)
    {
        CborReader reader = new(block);
        if (!reader.TryReadArrayHeader(out int count) || count is 0 or > ActorsMax)
        {
            throw Malformed(list, $"no list of 1 to {ActorsMax} actors");
        }

        List<(string, Cid)> actors = [];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayOf(2) || !reader.TryReadText(out string name)
                || !reader.TryReadCid(out Cid code))
            {
                throw Malformed(list, $"entry {i} is not [name, code]");
            }

            actors.Add((name, code));
        }

        return reader.TryEnd() ? actors : throw Malformed(list, "bytes after the list");
    }

    private static ReadOnlyMemory<byte> Get(IBlockstore store, Cid cid) =>
        store.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? block
            : throw new IpldException(IpldFailure.Missing, cid, $"block {cid} is missing");

    private static IpldException Malformed(Cid cid, string reason) =>
        new(IpldFailure.Malformed, cid, $"block {cid}: {reason}");
}
