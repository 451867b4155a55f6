using System.Formats.Tar;
using Filecoin.Ipld;
using Filecoin.Node;
using ZstdSharp;

namespace Filecoin.Fuzz.Node;

/// <summary>Bundles of actors, alone or packed: imported, or refused.</summary>
public static class BundleTarget
{
    private static readonly string Folder =
        Directory.CreateTempSubdirectory("filecoin-fuzz").FullName;

    public static IEnumerable<byte[]> Seeds()
    {
        byte[] code = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        CborWriter list = new(64);
        list.WriteArrayHeader(1);
        list.WriteArrayHeader(2);
        list.WriteText("account");
        list.WriteCid(Cid.Of(Codec.Raw, code));
        byte[] actors = list.ToArray();
        list.Clear();
        list.WriteArrayHeader(2);
        list.WriteUInt64(1);
        list.WriteCid(Cid.Of(Codec.DagCbor, actors));
        byte[] manifest = list.ToArray();
        Cid root = Cid.Of(Codec.DagCbor, manifest);
        using MemoryStream car = new();
        CarWriter writer = new(car, root);
        writer.Write(root, manifest);
        writer.Write(Cid.Of(Codec.DagCbor, actors), actors);
        writer.Write(Cid.Of(Codec.Raw, code), code);
        yield return car.ToArray();
        using MemoryStream packed = new();
        using (CompressionStream zstd = new(packed))
        using (TarWriter tar = new(zstd))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "builtin-actors-devnet.car")
            {
                DataStream = new MemoryStream(car.ToArray()),
            });
        }

        yield return packed.ToArray();
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        string path = Path.Combine(Folder, "builtin-actors-mainnet.car");
        File.WriteAllBytes(path, input);
        try
        {
            BundleStore store = new(Path.Combine(Folder, "store"));
            IReadOnlyList<ImportedBundle> bundles =
                new BundleImport(store).Import(path, version: 9);
            return Outcome.Accepted($"bundles {bundles.Count} actors {bundles[0].Actors}");
        }
        catch (BundleImportException refusal)
        {
            string reason = refusal.Message.Replace(path, "", StringComparison.Ordinal);
            Claim.Holds(!reason.Contains('\n'), "more than one line");
            return Outcome.Refused(reason[..Math.Min(40, reason.Length)]);
        }
    }
}
