using System.Buffers.Binary;

namespace Filecoin.Ipld;

/// <summary>Finds the links of a DAG-CBOR block by walking its headers only.</summary>
/// <remarks>
/// Spec: ref-fvm fvm/src/blockstore/buffered.rs, scan_for_links. Text is not checked for UTF-8
/// and bytes after the one item are not looked at.
/// </remarks>
/// <param name="block">The block.</param>
/// <param name="strict">Whether numbers have their shortest form, as in version 17.</param>
internal ref struct LinkScan(ReadOnlySpan<byte> block, bool strict)
{
    private const int StrictLinkLengthMax = 100;

    private ReadOnlySpan<byte> rest = block;
    private ulong expected = 1;

    /// <summary>Whether the block cannot be scanned to its end.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>Adds a block's links; false if it cannot be scanned.</summary>
    internal static bool TryCollect(ReadOnlySpan<byte> block, Stack<Cid> links)
    {
        LinkScan scan = new(block, strict: false);
        while (scan.TryNext(out ReadOnlySpan<byte> link, out _) && Cid.TryDecode(link, out Cid cid))
        {
            links.Push(cid);
        }

        return !scan.HasFailed;
    }

    /// <summary>The next link's CID; false if there is none, or the scan has failed.</summary>
    internal bool TryNext(out ReadOnlySpan<byte> link, out CidParts parts)
    {
        link = default;
        parts = default;
        while (expected > 0)
        {
            if (!TryHeader(ref rest, strict, out var major, out var argument))
            {
                return Fail();
            }

            expected--;
            switch (major)
            {
                case 2 or 3 when !TryTake(ref rest, argument, out _):
                    return Fail();
                case 4 or 5:
                    var items = (UInt128)argument * (major == 5 ? 2u : 1u);
                    if (items > (ulong)rest.Length)
                    {
                        return Fail();
                    }

                    expected += (ulong)items;
                    break;
                case 6 when argument != 42:
                    expected++;
                    break;
                case 6:
                    return TryLink(out link, out parts) || Fail();
                default:
                    break;
            }
        }

        return false;
    }

    private bool Fail()
    {
        HasFailed = true;
        expected = 0;
        return false;
    }

    private bool TryLink(out ReadOnlySpan<byte> cid, out CidParts parts)
    {
        cid = default;
        parts = default;
        if (!TryHeader(ref rest, strict, out var major, out var length)
            || major != 2
            || (strict && length > StrictLinkLengthMax)
            || !TryTake(ref rest, length, out var link)
            || link is not [0, ..]
            || !CidParts.TryRead(link[1..], out parts))
        {
            return false;
        }

        cid = link.Slice(1, parts.Length);
        return true;
    }

    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> block, ulong length, out ReadOnlySpan<byte> taken)
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
        scoped ref ReadOnlySpan<byte> block, bool strict, out int major, out ulong argument)
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
