namespace Filecoin.Vm;

/// <summary>
/// Blocks as a native actor reads and writes them: by host calls that it pays for.
/// </summary>
/// <remarks>
/// Spec: builtin-actors runtime/src/runtime/actor_blockstore.rs; ref-fvm sdk/src/ipld.rs.
/// Errors: <see cref="IpldException"/>, a block is not accepted.
/// </remarks>
internal sealed class KernelBlockstore(ExecutionMeter meter, Kernel kernel) : IBlockstore
{
    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        if (cid.HashFunction == Multihash.Identity)
        {
            block = cid.Digest.ToArray();
            return true;
        }

        block = default;
        PaySyscall();
        if (kernel.BlockOpen(cid, out BlockOpenData opened) != ErrorNumber.None)
        {
            return false;
        }

        PaySyscall();
        ErrorNumber error = kernel.BlockRead(opened.Handle, out block);
        meter.Read(cid.Codec, block.Span);
        return error == ErrorNumber.None;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => TryGet(cid, out _);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block)
    {
        meter.Write(cid.Codec, block.Span);
        PaySyscall();
        ErrorNumber error = kernel.BlockCreate(cid.Codec, block, out uint handle);
        if (error == ErrorNumber.None)
        {
            PaySyscall();
            error = kernel.BlockLink(handle, cid);
        }

        if (error != ErrorNumber.None)
        {
            throw new IpldException(IpldFailure.Refused, cid, $"block {cid} is refused: {error}");
        }
    }

    private void PaySyscall() => meter.HostCall();
}
