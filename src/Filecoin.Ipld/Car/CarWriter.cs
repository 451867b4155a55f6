namespace Filecoin.Ipld;

/// <summary>Writes a CAR, version 1.</summary>
public sealed class CarWriter
{
    private readonly Stream target;

    /// <summary>Writes the header; readers want one root at least.</summary>
    public CarWriter(Stream target, params ReadOnlySpan<Cid> roots)
    {
        this.target = target;
        CborWriter header = new(128);
        header.WriteMapHeader(2);
        header.WriteText("roots");
        header.WriteArrayHeader(roots.Length);
        foreach (Cid root in roots)
        {
            header.WriteCid(root);
        }

        header.WriteText("version");
        header.WriteUInt64(1);
        WriteLength(header.Written.Length);
        target.Write(header.Written);
        header.Dispose();
    }

    /// <summary>Writes a block.</summary>
    public void Write(Cid cid, ReadOnlySpan<byte> block)
    {
        WriteLength(cid.Bytes.Length + block.Length);
        target.Write(cid.Bytes);
        target.Write(block);
    }

    private void WriteLength(int length)
    {
        Span<byte> buffer = stackalloc byte[Varint.LengthMax];
        target.Write(buffer[..Varint.Write(buffer, (ulong)length)]);
    }
}
