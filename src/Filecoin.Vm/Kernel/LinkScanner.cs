using System.Buffers.Binary;

namespace Filecoin.Vm;

/// <summary>Lists the links of a block, and counts what that costs.</summary>
/// <remarks>
/// Spec: syscalls 5.3; FIP-0071; ref-fvm fvm/src/ipld/. Lenient as the reference: encodings need
/// not be minimal, text is not checked.
/// </remarks>
internal ref struct LinkScanner(PriceList prices, Gas available)
{
    private const ulong LinkTag = 42;

    private static readonly Cid[] NoLinks = [];

    private readonly Gas start = available;
    private List<Cid>? links;
    private Gas remaining = available;

    public readonly Gas Used => start - remaining;

    /// <summary>Whether gas ran out, which comes before any error.</summary>
    public bool IsOutOfGas { get; private set; }

    public readonly Cid[] Links => links?.ToArray() ?? NoLinks;

    public ErrorNumber Scan(ulong codec, ReadOnlySpan<byte> data) => codec switch
    {
        Codec.DagCbor => ScanDagCbor(data),
        Codec.Raw or Codec.Cbor => ErrorNumber.None,
        _ => ErrorNumber.IllegalCodec,
    };

    /// <summary>How many items of CBOR there are, up to where it is malformed.</summary>
    public static int CountItems(ReadOnlySpan<byte> data)
    {
        int items = 0;
        while (TryReadHeader(ref data, out int major, out ulong argument)
            && (major is not (2 or 3) || TrySkip(ref data, argument)))
        {
            items++;
        }

        return items;
    }

    private ErrorNumber ScanDagCbor(ReadOnlySpan<byte> data)
    {
        ulong items = 1;
        while (items > 0)
        {
            items--;
            if (!TryPay(prices.ScanField))
            {
                return ErrorNumber.Serialization;
            }

            if (!TryReadHeader(ref data, out int major, out ulong argument)
                || !TryStep(ref data, major, argument, ref items, out ErrorNumber error))
            {
                return ErrorNumber.Serialization;
            }

            if (error != ErrorNumber.None || IsOutOfGas)
            {
                return error;
            }
        }

        return data.IsEmpty ? ErrorNumber.None : ErrorNumber.Serialization;
    }

    /// <summary>Goes past one item's content; false when the block is malformed.</summary>
    private bool TryStep(
        ref ReadOnlySpan<byte> data,
        int major,
        ulong argument,
        ref ulong items,
        out ErrorNumber error)
    {
        error = ErrorNumber.None;
        switch (major)
        {
            case 2 or 3:
                return TrySkip(ref data, argument);
            case 4:
                return TryAdd(ref items, argument);
            case 5:
                return argument <= ulong.MaxValue / 2 && TryAdd(ref items, argument * 2);
            case 6 when argument != LinkTag:
                return TryAdd(ref items, 1);
            case 6:
                return TryVisitLink(ref data, out error);
            default:
                return true;
        }
    }

    private bool TryVisitLink(ref ReadOnlySpan<byte> data, out ErrorNumber error)
    {
        error = ErrorNumber.None;
        if (!TryPay(prices.ScanLink))
        {
            return true;
        }

        if (!TryReadHeader(ref data, out int major, out ulong length)
            || major != 2
            || length < 1
            || length > (ulong)data.Length
            || data[0] != 0
            || !Cid.TryDecode(data[1..(int)length], out Cid cid))
        {
            return false;
        }

        data = data[(int)length..];
        error = Visit(cid);
        return true;
    }

    private ErrorNumber Visit(Cid cid)
    {
        ulong codec = cid.Codec;
        if (codec is Codec.FilCommitmentUnsealed or Codec.FilCommitmentSealed)
        {
            return ErrorNumber.None;
        }

        if (codec is not (Codec.Cbor or Codec.DagCbor or Codec.Raw))
        {
            return ErrorNumber.NotFound;
        }

        // An inlined block of at most 64 bytes: the recursion ends after a few levels.
        ulong function = cid.HashFunction;
        if (function == Multihash.Identity)
        {
            return Scan(codec, cid.Digest);
        }

        if (function != Multihash.Blake2b256 || cid.Digest.Length != 32)
        {
            return ErrorNumber.NotFound;
        }

        (links ??= []).Add(cid);
        return ErrorNumber.None;
    }

    private bool TryPay(Gas price)
    {
        if (remaining < price)
        {
            remaining = Gas.Zero;
            IsOutOfGas = true;
            return false;
        }

        remaining -= price;
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> data, ulong length)
    {
        if (length > (ulong)data.Length)
        {
            return false;
        }

        data = data[(int)length..];
        return true;
    }

    private static bool TryAdd(ref ulong items, ulong more)
    {
        ulong sum = unchecked(items + more);
        bool fits = sum >= items;
        items = sum;
        return fits;
    }

    private static bool TryReadHeader(
        ref ReadOnlySpan<byte> data, out int major, out ulong argument)
    {
        (major, argument) = (0, 0);
        if (data.IsEmpty)
        {
            return false;
        }

        byte first = data[0];
        int information = first & 0x1f;
        major = first >> 5;
        int width = information < 24 ? 0 : 1 << (information - 24);
        if (information > 27 || data.Length <= width)
        {
            return false;
        }

        ReadOnlySpan<byte> tail = data[1..];
        argument = width switch
        {
            0 => (ulong)information,
            1 => tail[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(tail),
            4 => BinaryPrimitives.ReadUInt32BigEndian(tail),
            _ => BinaryPrimitives.ReadUInt64BigEndian(tail),
        };
        data = tail[width..];
        return true;
    }
}
