namespace Filecoin.Vm;

/// <summary>Module <c>network</c>. Spec: syscalls 11.</summary>
internal static class NetworkSyscalls
{
    public static ErrorNumber Context(SyscallContext context, out NetworkContextData result) =>
        context.Kernel.NetworkContext(out result);

    public static ErrorNumber BaseFee(SyscallContext context, out AmountData result) =>
        context.Kernel.BaseFee(out result);

    public static ErrorNumber CirculatingSupply(SyscallContext context, out AmountData result) =>
        context.Kernel.CirculatingSupply(out result);

    public static ErrorNumber TipsetCid(
        SyscallContext context, long epoch, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error = context.Kernel.TipsetCid(epoch, out Cid cid);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(cid, offset, length, out written);
    }
}
