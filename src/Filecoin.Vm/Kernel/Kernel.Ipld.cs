using System.Runtime.InteropServices;

namespace Filecoin.Vm;

/// <content>Blocks.</content>
internal sealed partial class Kernel
{
    private const uint DigestLength = 32;

    /// <summary>Opens a block that the actor can reach.</summary>
    /// <remarks>
    /// Spec: syscalls 6. Errors: NotFound, the block cannot be reached. Serialization, IllegalCodec
    /// or NotFound, its links cannot be listed. LimitExceeded, too many blocks.
    /// </remarks>
    public ErrorNumber BlockOpen(Cid cid, out BlockOpenData result)
    {
        result = default;
        Charge(Prices.OnBlockOpenBase());
        if (!Blocks.CanReach(cid))
        {
            return ErrorNumber.NotFound;
        }

        if (!Machine.Store.TryGet(cid, out ReadOnlyMemory<byte> data))
        {
            throw new FatalException($"block {cid} is missing");
        }

        ErrorNumber error = ListLinks(cid.Codec, data.Span, out Cid[] links);
        if (error != ErrorNumber.None)
        {
            return error;
        }

        Charge(Prices.OnBlockOpen(data.Length, links.Length));
        error = Blocks.PutReachable(new(cid.Codec, data, links), out uint handle);
        result = new(cid.Codec, handle, (uint)data.Length);
        return error;
    }

    /// <summary>Makes a block of bytes, which are copied.</summary>
    /// <remarks>
    /// Errors: LimitExceeded, too long or too many. IllegalCodec. Serialization, malformed.
    /// NotFound, a link cannot be reached.
    /// </remarks>
    public ErrorNumber BlockCreate(ulong codec, ReadOnlySpan<byte> data, out uint handle)
    {
        handle = BlockRegistry.NoData;
        ErrorNumber error = PayForBlock(codec, data, out Cid[] links);
        return error == ErrorNumber.None
            ? PutCreated(new(codec, data.ToArray(), links), out handle)
            : error;
    }

    /// <summary>Makes a block of bytes that do not change.</summary>
    /// <inheritdoc cref="BlockCreate(ulong, ReadOnlySpan{byte}, out uint)"/>
    public ErrorNumber BlockCreate(ulong codec, ReadOnlyMemory<byte> data, out uint handle)
    {
        handle = BlockRegistry.NoData;
        ErrorNumber error = PayForBlock(codec, data.Span, out Cid[] links);
        return error == ErrorNumber.None
            ? PutCreated(new(codec, data, links), out handle)
            : error;
    }

    /// <summary>Copies bytes of a block.</summary>
    /// <param name="handle">The block.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="target">Where to copy to.</param>
    /// <param name="remaining">
    /// Bytes of the block behind what was asked for; below 0 if it ended before.
    /// </param>
    public ErrorNumber BlockRead(uint handle, uint offset, Span<byte> target, out int remaining)
    {
        remaining = 0;
        ulong end = (ulong)offset + (uint)target.Length;
        if (end > int.MaxValue)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (!Blocks.TryGet(handle, out Block block))
        {
            return ErrorNumber.InvalidHandle;
        }

        int length = int.Clamp(block.Size - (int)offset, 0, target.Length);
        Charge(Prices.OnBlockRead(length));
        if (length > 0)
        {
            block.Data.Span.Slice((int)offset, length).CopyTo(target);
        }

        remaining = block.Size - (int)end;
        return ErrorNumber.None;
    }

    /// <summary>Hands out a whole block, for the price of a copy.</summary>
    public ErrorNumber BlockRead(uint handle, out ReadOnlyMemory<byte> data)
    {
        data = default;
        if (!Blocks.TryGet(handle, out Block block))
        {
            return ErrorNumber.InvalidHandle;
        }

        Charge(Prices.OnBlockRead(block.Size));
        data = block.Data;
        return ErrorNumber.None;
    }

    public ErrorNumber BlockStat(uint handle, out BlockStatData result)
    {
        Charge(PriceList.Free("OnBlockStat"));
        bool exists = Blocks.TryGet(handle, out Block block);
        result = exists ? new(block.Codec, (uint)block.Size) : default;
        return exists ? ErrorNumber.None : ErrorNumber.InvalidHandle;
    }

    /// <summary>Names a block, stores it and makes it reachable.</summary>
    /// <remarks>Errors: IllegalCid, another hash than blake2b-256. InvalidHandle.</remarks>
    public ErrorNumber BlockLink(uint handle, ulong hashFunction, uint hashLength, out Cid cid)
    {
        cid = default;
        if (hashFunction != Multihash.Blake2b256 || hashLength != DigestLength)
        {
            return ErrorNumber.IllegalCid;
        }

        if (!Blocks.TryGet(handle, out Block block))
        {
            return ErrorNumber.InvalidHandle;
        }

        Charge(Prices.OnBlockLink(block.Size));
        cid = Machine.Store.Put(block.Codec, block.Data);
        Blocks.Reach(cid);
        return ErrorNumber.None;
    }

    /// <summary>The same for a block whose CID is known to be this one.</summary>
    public ErrorNumber BlockLink(uint handle, Cid cid)
    {
        if (!Blocks.TryGet(handle, out Block block))
        {
            return ErrorNumber.InvalidHandle;
        }

        Charge(Prices.OnBlockLink(block.Size));
        Machine.Store.Put(cid, block.Data);
        Blocks.Reach(cid);
        return ErrorNumber.None;
    }

    private ErrorNumber PayForBlock(ulong codec, ReadOnlySpan<byte> data, out Cid[] links)
    {
        links = [];
        if (Line != ProtocolLine.Shark && data.Length > Machine.Config.BlockBytesMax)
        {
            return ErrorNumber.LimitExceeded;
        }

        if (Line == ProtocolLine.Watermelon && !Blocks.Allows(codec))
        {
            return ErrorNumber.IllegalCodec;
        }

        ErrorNumber error = ListLinks(codec, data, out links);
        if (error == ErrorNumber.None)
        {
            Charge(Prices.OnBlockCreate(data.Length, links.Length));
        }

        return error;
    }

    private ErrorNumber PutCreated(Block block, out uint handle) =>
        Line == ProtocolLine.Watermelon
            ? Blocks.PutChecked(block, out handle)
            : Blocks.PutReachable(block, out handle);

    /// <summary>Lists a block's links and charges for the scan, before any error of it.</summary>
    private ErrorNumber ListLinks(ulong codec, ReadOnlySpan<byte> data, out Cid[] links)
    {
        links = [];
        if (Line != ProtocolLine.Watermelon)
        {
            return ErrorNumber.None;
        }

        LinkScanner scanner = new(Prices, calls.Gas.Available);
        ErrorNumber error = scanner.Scan(codec, data);
        Charge(PriceList.OnScanIpldLinks(scanner.Used));
        if (scanner.IsOutOfGas)
        {
            throw new OutOfGasException();
        }

        links = scanner.Links;
        return error;
    }
}

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct BlockOpenData(ulong Codec, uint Handle, uint Size);

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct BlockStatData(ulong Codec, uint Size);
