using System.Buffers.Binary;

namespace Filecoin.Ipld;

/// <summary>Finds the links of a DAG-CBOR block by walking its headers only.</summary>
/// <remarks>
/// Spec: ref-fvm fvm/src/blockstore/buffered.rs, scan_for_links. Text is not checked for UTF-8
/// and bytes after the one item are not looked at.
/// </remarks>
internal static class LinkScan
{
    private const int StrictLinkLengthMax = 100;

    internal static bool TryCollect(ReadOnlySpan<byte> block, bool strict, Stack<Cid> links)
    {
        ulong expected = 1;
        while (expected > 0)
        {
            if (!TryHeader(ref block, strict, out var major, out var argument))
            {
                return false;
            }

            expected--;
            switch (major)
            {
                case 2 or 3 when !TryTake(ref block, argument, out _):
                    return false;
                case 4 or 5:
                    var items = (UInt128)argument * (major == 5 ? 2u : 1u);
                    if (items > (ulong)block.Length)
                    {
                        return false;
                    }

                    expected += (ulong)items;
                    break;
                case 6 when argument != 42:
                    expected++;
                    break;
                case 6 when !TryLink(ref block, strict, links):
                    return false;
                default:
                    break;
            }
        }

        return true;
    }

    private static bool TryLink(ref ReadOnlySpan<byte> block, bool strict, Stack<Cid> links)
    {
        if (!TryHeader(ref block, strict, out var major, out var length)
            || major != 2
            || (strict && length > StrictLinkLengthMax)
            || !TryTake(ref block, length, out var link)
            || link is not [0, ..]
            || !Cid.TryRead(link[1..], out var cid, out _))
        {
            return false;
        }

        links.Push(cid);
        return true;
    }

    private static bool TryTake(
        ref ReadOnlySpan<byte> block, ulong length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > (ulong)block.Length)
        {
            return false;
        }

        taken = block[..(int)length];
        block = block[(int)length..];
        return true;
    }

    private static bool TryHeader(
        ref ReadOnlySpan<byte> block, bool strict, out int major, out ulong argument)
    {
        major = 0;
        argument = 0;
        if (block.IsEmpty)
        {
            return false;
        }

        major = block[0] >> 5;
        var info = block[0] & 31;
        block = block[1..];
        if (info < 24)
        {
            argument = (ulong)info;
            return true;
        }

        if (info > 27 || !TryTake(ref block, 1ul << (info - 24), out var raw))
        {
            return false;
        }

        argument = raw.Length switch
        {
            1 => raw[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(raw),
            4 => BinaryPrimitives.ReadUInt32BigEndian(raw),
            _ => BinaryPrimitives.ReadUInt64BigEndian(raw),
        };
        var least = info == 24 ? 24 : 1ul << (4 << (info - 24));
        return !strict || argument >= least || major == 7;
    }
}
