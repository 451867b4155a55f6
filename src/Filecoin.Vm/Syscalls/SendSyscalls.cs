using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>Module <c>send</c>. Spec: syscalls 9.</summary>
internal static class SendSyscalls
{
    private const ulong NoLimit = ulong.MaxValue;
    private const ulong ReadOnlyFlag = 1;

    public static ErrorNumber Send(
        SyscallContext context, HostArguments given, out SendData result)
    {
        ulong limit = given.U64(7);
        ulong flags = given.U64(8);
        return Send(
            context,
            given,
            limit == NoLimit ? null : Gas.Of(limit),
            flags,
            out result);
    }

    public static ErrorNumber SendShark(
        SyscallContext context, HostArguments given, out SendData result) =>
        Send(context, given, null, 0, out result);

    private static ErrorNumber Send(
        SyscallContext context, HostArguments given, Gas? limit, ulong flags, out SendData result)
    {
        result = default;
        if (!context.TryReadAddress(given.U32(1), given.U32(2), out Address to))
        {
            return ErrorNumber.IllegalArgument;
        }

        if ((flags & ~ReadOnlyFlag) != 0)
        {
            return ErrorNumber.IllegalArgument;
        }

        UInt128 value = new(given.U64(5), given.U64(6));
        return context.Kernel.Send(
            new(
                to,
                new(given.U64(3)),
                given.U32(4),
                TokenAmount.FromUInt128(value),
                limit,
                flags == ReadOnlyFlag),
            out result);
    }
}
