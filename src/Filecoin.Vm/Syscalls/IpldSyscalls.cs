namespace Filecoin.Vm;

/// <summary>Module <c>ipld</c>. Spec: syscalls 6.</summary>
internal static class IpldSyscalls
{
    public static ErrorNumber BlockOpen(
        SyscallContext context, uint cidOffset, out BlockOpenData result)
    {
        result = default;
        return context.TryReadCid(cidOffset, out Cid cid)
            ? context.Kernel.BlockOpen(cid, out result)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber BlockCreate(
        SyscallContext context, ulong codec, uint offset, uint length, out uint handle)
    {
        handle = 0;
        return context.TrySlice(offset, length, out Span<byte> data)
            ? context.Kernel.BlockCreate(codec, data, out handle)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber BlockRead(
        SyscallContext context,
        uint handle,
        uint offset,
        uint targetOffset,
        uint targetLength,
        out int remaining)
    {
        remaining = 0;
        return context.TrySlice(targetOffset, targetLength, out Span<byte> target)
            ? context.Kernel.BlockRead(handle, offset, target, out remaining)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber BlockStat(
        SyscallContext context, uint handle, out BlockStatData result) =>
        context.Kernel.BlockStat(handle, out result);

    public static ErrorNumber BlockLink(
        SyscallContext context,
        uint handle,
        ulong hashFunction,
        uint hashLength,
        uint offset,
        uint length,
        out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error =
            context.Kernel.BlockLink(handle, hashFunction, hashLength, out Cid cid);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(cid, offset, length, out written);
    }
}
