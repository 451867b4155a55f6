using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>Module <c>event</c>. Spec: syscalls 13.</summary>
internal static class EventSyscalls
{
    public static ErrorNumber Emit(SyscallContext context, HostArguments given)
    {
        ulong entryBytes = (ulong)given.U32(1) * Kernel.EventEntryBytes;
        return entryBytes <= uint.MaxValue
            && context.TrySlice(given.U32(0), (uint)entryBytes, out Span<byte> entries)
            && context.TrySlice(given.U32(2), given.U32(3), out Span<byte> keys)
            && context.TrySlice(given.U32(4), given.U32(5), out Span<byte> values)
            ? context.Kernel.EmitEvent(entries, keys, values)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber EmitEncoded(SyscallContext context, uint offset, uint length) =>
        context.TrySlice(offset, length, out Span<byte> encoded)
            ? context.Kernel.EmitEvent(encoded)
            : ErrorNumber.IllegalArgument;
}
