namespace Filecoin.Vm;

/// <summary>Module <c>actor</c>. Spec: syscalls 8.</summary>
internal static class ActorSyscalls
{
    /// <summary>Bytes of an f2 address.</summary>
    private const int ActorAddressLength = 21;

    public static ErrorNumber ResolveAddress(
        SyscallContext context, uint offset, uint length, out ulong id)
    {
        id = 0;
        return context.TryReadAddress(offset, length, out Address address)
            ? context.Kernel.ResolveAddress(address, out id)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber LookupDelegatedAddress(
        SyscallContext context, ulong id, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out Span<byte> target))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error =
            context.Kernel.LookupDelegatedAddress(new(id), out Address? address);
        return error != ErrorNumber.None || address is null
            ? error
            : Write(address.Value, target, out written);
    }

    public static ErrorNumber CodeOf(
        SyscallContext context, ulong id, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error = context.Kernel.CodeOf(new(id), out Cid code);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(code, offset, length, out written);
    }

    public static ErrorNumber NewActorAddress(
        SyscallContext context, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out Span<byte> target))
        {
            return ErrorNumber.IllegalArgument;
        }

        return length < ActorAddressLength
            ? ErrorNumber.BufferTooSmall
            : Write(context.Kernel.Calls.NewActorAddress(), target, out written);
    }

    public static ErrorNumber NextActorAddress(
        SyscallContext context, uint offset, uint length, out uint written)
    {
        written = 0;
        return context.TrySlice(offset, length, out Span<byte> target)
            ? Write(context.Kernel.Calls.NextActorAddress(), target, out written)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber CreateActor(
        SyscallContext context, ulong id, uint codeOffset, uint offset, uint length)
    {
        Address? delegatedAddress = null;
        if (!context.TryReadCid(codeOffset, out Cid code))
        {
            return ErrorNumber.IllegalArgument;
        }

        if (length > 0)
        {
            if (!context.TryReadAddress(offset, length, out Address address))
            {
                return ErrorNumber.IllegalArgument;
            }

            delegatedAddress = address;
        }

        return context.Kernel.CreateActor(new(id), code, delegatedAddress);
    }

    public static ErrorNumber CreateActorShark(
        SyscallContext context, ulong id, uint codeOffset) =>
        context.TryReadCid(codeOffset, out Cid code)
            ? context.Kernel.CreateActor(new(id), code, null)
            : ErrorNumber.IllegalArgument;

    public static ErrorNumber BuiltinActorType(
        SyscallContext context, uint cidOffset, out int number)
    {
        number = 0;
        return context.TryReadCid(cidOffset, out Cid code)
            ? context.Kernel.BuiltinActorType(code, out number)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber CodeForType(
        SyscallContext context, int number, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error = context.Kernel.CodeForType(number, out Cid code);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(code, offset, length, out written);
    }

    public static ErrorNumber BalanceOf(
        SyscallContext context, ulong id, out AmountData balance) =>
        context.Kernel.BalanceOf(new(id), out balance);

    private static ErrorNumber Write(Address address, Span<byte> target, out uint written)
    {
        written = 0;
        if (address.EncodedLength > target.Length)
        {
            return ErrorNumber.BufferTooSmall;
        }

        written = (uint)address.Encode(target);
        return ErrorNumber.None;
    }
}
