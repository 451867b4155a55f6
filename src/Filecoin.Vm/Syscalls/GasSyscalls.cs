using System.Text;

namespace Filecoin.Vm;

/// <summary>Module <c>gas</c>. Spec: syscalls 15.</summary>
internal static class GasSyscalls
{
    public static ErrorNumber Charge(
        SyscallContext context, uint nameOffset, uint nameLength, ulong amount)
    {
        return context.TrySlice(nameOffset, nameLength, out Span<byte> name)
            && System.Text.Unicode.Utf8.IsValid(name)
            ? context.Kernel.ChargeGas(Encoding.UTF8.GetString(name), amount)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber Available(SyscallContext context, out ulong gas) =>
        context.Kernel.GasAvailable(out gas);
}
