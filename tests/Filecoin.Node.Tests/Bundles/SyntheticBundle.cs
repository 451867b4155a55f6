using System.Formats.Tar;
using Filecoin.Ipld;
using ZstdSharp;

namespace Filecoin.Node.Tests.Bundles;

/// <summary>A small bundle in the official form, with code of a few bytes.</summary>
internal static class SyntheticBundle
{
    public static byte[] Car(int actors = 2, bool withCode = true, byte seed = 0)
    {
        List<(Cid Cid, byte[] Block)> blocks = [];
        CborWriter list = new(256);
        list.WriteArrayHeader(actors);
        for (int i = 0; i < actors; i++)
        {
            byte[] code = [0, (byte)'a', (byte)'s', (byte)'m', (byte)i, seed];
            Cid cid = Cid.Of(Codec.Raw, code);
            list.WriteArrayHeader(2);
            list.WriteText($"actor{i}");
            list.WriteCid(cid);
            if (withCode)
            {
                blocks.Add((cid, code));
            }
        }

        Cid data = Add(blocks, list.Written.ToArray());
        CborWriter manifest = new(64);
        manifest.WriteArrayHeader(2);
        manifest.WriteUInt64(1);
        manifest.WriteCid(data);
        Cid root = Add(blocks, manifest.Written.ToArray());
        using MemoryStream target = new();
        CarWriter car = new(target, root);
        blocks.ForEach(block => car.Write(block.Cid, block.Block));
        return target.ToArray();
    }

    public static byte[] Archive(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream target = new();
        using (CompressionStream zstd = new(target))
        using (TarWriter tar = new(zstd))
        {
            foreach ((string name, byte[] content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return target.ToArray();
    }

    private static Cid Add(List<(Cid Cid, byte[] Block)> blocks, byte[] block)
    {
        Cid cid = Cid.Of(Codec.DagCbor, block);
        blocks.Add((cid, block));
        return cid;
    }
}
