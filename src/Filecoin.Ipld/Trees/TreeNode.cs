namespace Filecoin.Ipld;

/// <summary>A decoded node of a HAMT or KAMT: the pointers of its occupied slots.</summary>
internal abstract class TreeNode<TPointer>
    where TPointer : struct
{
    /// <summary>With so many bits a node there is no number of pointers too large.</summary>
    private const int LimitBits = 31;

    internal Bitmap256 Bitmap;
    internal TPointer[] Pointers = [];

    /// <summary>The pointer of an occupied slot.</summary>
    internal ref TPointer At(int slot) => ref Pointers[Bitmap.Rank(slot)];

    internal void Insert(int slot, TPointer pointer)
    {
        Pointers = ArraySplice.Insert(Pointers, Bitmap.Rank(slot), pointer);
        Bitmap.Set(slot);
    }

    internal void Remove(int slot)
    {
        Pointers = ArraySplice.RemoveAt(Pointers, Bitmap.Rank(slot));
        Bitmap.Clear(slot);
    }

    /// <summary>Reads the bitmap and the number of pointers that follow.</summary>
    internal bool TryReadHead(ref CborReader reader, int bitWidth)
    {
        if (!reader.TryReadArrayOf(2)
            || !Bitmap256.TryRead(ref reader, out Bitmap)
            || !reader.TryReadArrayHeader(out int count))
        {
            return false;
        }

        bool isTooMany = bitWidth < LimitBits && count > 1 << bitWidth;
        if (isTooMany || count != Bitmap.Count)
        {
            return reader.Fail(CborErrorKind.WrongLength);
        }

        Pointers = new TPointer[count];
        return true;
    }

    internal void WriteHead(ref CborWriter writer)
    {
        writer.WriteArrayHeader(2);
        Bitmap.WriteTo(ref writer);
        writer.WriteArrayHeader(Pointers.Length);
    }
}
