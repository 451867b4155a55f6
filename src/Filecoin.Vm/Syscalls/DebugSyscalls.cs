namespace Filecoin.Vm;

/// <summary>Module <c>debug</c>, as all networks have it: off.</summary>
/// <remarks>Spec: syscalls 16. Nothing is looked at, not even memory.</remarks>
internal static class DebugSyscalls
{
    private const int Off = -1;

    public static ErrorNumber Enabled(SyscallContext context, out int result)
    {
        _ = context;
        result = Off;
        return ErrorNumber.None;
    }

    public static ErrorNumber Log(SyscallContext context, uint offset, uint length)
    {
        _ = (context, offset, length);
        return ErrorNumber.None;
    }

    public static ErrorNumber StoreArtifact(
        SyscallContext context, uint nameOffset, uint nameLength, uint dataOffset, uint dataLength)
    {
        _ = (context, nameOffset, nameLength, dataOffset, dataLength);
        return ErrorNumber.None;
    }
}
