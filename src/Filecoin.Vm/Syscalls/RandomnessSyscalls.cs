namespace Filecoin.Vm;

/// <summary>Module <c>rand</c>. Spec: syscalls 14.</summary>
internal static class RandomnessSyscalls
{
    public static ErrorNumber Chain(
        SyscallContext context, long epoch, out RandomnessData result) =>
        context.Kernel.Randomness(fromBeacon: false, epoch, out result);

    public static ErrorNumber Beacon(
        SyscallContext context, long epoch, out RandomnessData result) =>
        context.Kernel.Randomness(fromBeacon: true, epoch, out result);

    public static ErrorNumber ChainMixed(
        SyscallContext context,
        long personalization,
        long epoch,
        uint entropyOffset,
        uint entropyLength,
        out RandomnessData result)
    {
        result = default;
        return context.TrySlice(entropyOffset, entropyLength, out Span<byte> entropy)
            ? context.Kernel.MixedRandomness(
                fromBeacon: false, personalization, epoch, entropy, out result)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber BeaconMixed(
        SyscallContext context,
        long personalization,
        long epoch,
        uint entropyOffset,
        uint entropyLength,
        out RandomnessData result)
    {
        result = default;
        return context.TrySlice(entropyOffset, entropyLength, out Span<byte> entropy)
            ? context.Kernel.MixedRandomness(
                fromBeacon: true, personalization, epoch, entropy, out result)
            : ErrorNumber.IllegalArgument;
    }
}
