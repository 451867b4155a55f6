namespace Filecoin.Vm;

/// <summary>Module <c>self</c>. Spec: syscalls 7.</summary>
internal static class SelfSyscalls
{
    public static ErrorNumber Root(
        SyscallContext context, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error = context.Kernel.Root(out Cid root);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(root, offset, length, out written);
    }

    public static ErrorNumber SetRoot(SyscallContext context, uint cidOffset) =>
        context.TryReadCid(cidOffset, out Cid root)
            ? context.Kernel.SetRoot(root)
            : ErrorNumber.IllegalArgument;

    public static ErrorNumber CurrentBalance(SyscallContext context, out AmountData balance) =>
        context.Kernel.CurrentBalance(out balance);

    public static ErrorNumber SelfDestruct(SyscallContext context, uint burns) =>
        context.Kernel.SelfDestruct(burns != 0);

    public static ErrorNumber SelfDestructTo(SyscallContext context, uint offset, uint length) =>
        context.TryReadAddress(offset, length, out Address beneficiary)
            ? context.Kernel.SelfDestruct(beneficiary)
            : ErrorNumber.IllegalArgument;
}
