using System.Formats.Tar;
using System.Text;
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

        return Car(Add(blocks, list.Written.ToArray()), blocks);
    }

    /// <summary>The bundle of a list of actors.</summary>
    public static byte[] Car(Cid list, List<(Cid Cid, byte[] Block)> blocks)
    {
        CborWriter manifest = new(64);
        manifest.WriteArrayHeader(2);
        manifest.WriteUInt64(1);
        manifest.WriteCid(list);
        return Write(Add(blocks, manifest.Written.ToArray()), blocks);
    }

    public static byte[] Write(Cid root, List<(Cid Cid, byte[] Block)> blocks)
    {
        using MemoryStream target = new();
        CarWriter car = new(target, root);
        blocks.ForEach(block => car.Write(block.Cid, block.Block));
        return target.ToArray();
    }

    /// <summary>A few bytes that unpack to a member of so many zeros, in runs of 128 KiB.</summary>
    /// <remarks>Spec: RFC 8878, 3.1.1: frame header, then blocks of types raw and RLE.</remarks>
    public static byte[] Bomb(long length)
    {
        const int RunBytes = 1 << 17;
        using MemoryStream tar = new();
        new TarWriter(tar, leaveOpen: true).WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, "README"));
        byte[] header = tar.ToArray()[..512];
        SetSize(header, length);
        using MemoryStream target = new();
        target.Write([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38]);
        WriteBlock(target, 0, header.Length, header);
        for (long left = length; left > 0; left -= RunBytes)
        {
            WriteBlock(target, 1, RunBytes, [0]);
        }

        return target.ToArray();
    }

    private static void WriteBlock(MemoryStream target, int type, int length, byte[] content)
    {
        int header = (length << 3) | (type << 1);
        target.Write(BitConverter.GetBytes(header), 0, 3);
        target.Write(content);
    }

    private static void SetSize(byte[] header, long length)
    {
        Encoding.ASCII.GetBytes(
            Convert.ToString(length, 8).PadLeft(11, '0'), header.AsSpan(124));
        header.AsSpan(148, 8).Fill((byte)' ');
        int sum = header.Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0'), header.AsSpan(148));
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
