namespace Filecoin.Ipld.Tests.Car;

public sealed class CarFileTests : IDisposable
{
    private static readonly byte[] Small = [0x80];
    private static readonly byte[] Large = new byte[100_000];

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Blocks_are_those_that_a_reader_finds()
    {
        byte[] written = Written();
        File.WriteAllBytes(path, written);

        CarFile file = new(path, "damaged");

        CarReader reader = new(written);
        Assert.Equal(reader.Roots, file.Roots);
        while (reader.TryRead(out Cid cid, out ReadOnlyMemory<byte> expected))
        {
            Assert.True(file.TryGet(cid, out ReadOnlyMemory<byte> block));
            Assert.Equal(expected.ToArray(), block.ToArray());
        }
    }

    [Fact]
    public void A_block_that_is_not_there_is_not_found()
    {
        File.WriteAllBytes(path, Written());
        CarFile file = new(path, "damaged");
        Cid other = Cid.Of(Codec.Raw, [7]);
        Assert.False(file.Has(other));
        Assert.False(file.TryGet(other, out _));
    }

    [Fact]
    public void A_damaged_block_is_refused_when_it_is_read_and_no_other_is()
    {
        byte[] content = Written();
        content[^1] ^= 1;
        File.WriteAllBytes(path, content);

        CarFile file = new(path, "broken.car: damaged");

        Assert.True(file.TryGet(Cid.Of(Codec.DagCbor, Small), out _));
        Cid damaged = Cid.Of(Codec.Raw, Large);
        IOException refusal =
            Assert.Throws<IOException>(() => file.TryGet(damaged, out _));
        Assert.Equal($"broken.car: damaged: a block is not {damaged}", refusal.Message);
    }

    [Fact]
    public void A_file_cut_within_a_section_is_refused()
    {
        byte[] content = Written();
        using MemoryStream header = new();
        _ = new CarWriter(header, Cid.Of(Codec.DagCbor, Small));
        int[] ends = [(int)header.Length, (int)header.Length + 40];
        foreach (int length in (int[])
            [
                0, 1, 30, ends[0] + 1, ends[0] + 20, ends[1] + 1, ends[1] + 50, content.Length - 1,
            ])
        {
            File.WriteAllBytes(path, content[..length]);
            _ = Assert.Throws<CarException>(() => new CarFile(path, "damaged"));
        }

        foreach (int length in ends)
        {
            File.WriteAllBytes(path, content[..length]);
            _ = new CarFile(path, "damaged");
        }
    }

    /// <summary>A header of one root, a block of one byte, one of many.</summary>
    private static byte[] Written()
    {
        using MemoryStream target = new();
        Cid root = Cid.Of(Codec.DagCbor, Small);
        CarWriter writer = new(target, root);
        writer.Write(root, Small);
        writer.Write(Cid.Of(Codec.Raw, Large), Large);
        return target.ToArray();
    }
}
