using System.Text;

namespace Filecoin.Vm;

/// <summary>Module <c>vm</c>. Spec: syscalls 10; wasm-engine 10.2.</summary>
internal static class VmSyscalls
{
    private const uint FirstUserCode = 16;
    private const int MessageBytesMax = 1_024;

    /// <summary>Ends the actor; codes of the machine's own are replaced.</summary>
    public static ErrorNumber Exit(
        SyscallContext context, uint code, uint handle, uint messageOffset, uint messageLength)
    {
        bool isReserved = code is > 0 and < FirstUserCode;
        context.Kernel.End(
            isReserved ? ExitCode.SysIllegalExitCode : new(code),
            handle,
            ReadMessage(context, messageOffset, messageLength));
        return ErrorNumber.None;
    }

    /// <summary>The same in version 17, where it cannot mean success.</summary>
    public static ErrorNumber Abort(
        SyscallContext context, uint code, uint messageOffset, uint messageLength)
    {
        context.Kernel.End(
            code < FirstUserCode ? ExitCode.SysIllegalExitCode : new(code),
            BlockRegistry.NoData,
            ReadMessage(context, messageOffset, messageLength));
        return ErrorNumber.None;
    }

    public static ErrorNumber MessageContext(
        SyscallContext context, out MessageContextData result) =>
        context.Kernel.MessageContext(out result);

    public static ErrorNumber Context(
        SyscallContext context, out InvocationContextData result) =>
        context.Kernel.InvocationContext(out result);

    private static string ReadMessage(SyscallContext context, uint offset, uint length)
    {
        if (length == 0)
        {
            return "actor aborted";
        }

        return context.TrySlice(offset, length, out Span<byte> bytes)
            ? Encoding.UTF8.GetString(bytes[..int.Min(bytes.Length, MessageBytesMax)])
            : "actor aborted with an invalid message";
    }
}
