using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <content>Other actors.</content>
internal sealed partial class KernelRuntime
{
    /// <inheritdoc/>
    public bool TryResolve(Address address, out ActorId id)
    {
        if (address.TryGetId(out id))
        {
            return true;
        }

        PaySyscall();
        ErrorNumber error = kernel.ResolveAddress(address, out ulong number);
        id = new(number);
        return IsFound(error);
    }

    /// <inheritdoc/>
    public bool TryGetDelegatedAddress(ActorId id, out Address address)
    {
        PaySyscall();
        ErrorNumber error = kernel.LookupDelegatedAddress(id, out Address? found);
        address = found.GetValueOrDefault();
        return IsFound(error) && found is not null;
    }

    /// <inheritdoc/>
    public bool TryGetCode(ActorId id, out Cid code)
    {
        PaySyscall();
        return IsFound(kernel.CodeOf(id, out code));
    }

    /// <inheritdoc/>
    public bool TryGetBalance(ActorId id, out TokenAmount balance)
    {
        PaySyscall();
        ErrorNumber error = kernel.BalanceOf(id, out AmountData amount);
        balance = AmountOf(amount);
        return IsFound(error);
    }

    /// <inheritdoc/>
    public BuiltinType BuiltinTypeOf(Cid code)
    {
        PaySyscall();
        Require(kernel.BuiltinActorType(code, out int number));
        BuiltinType type = (BuiltinType)number;
        return Enum.IsDefined(type) ? type : BuiltinType.None;
    }

    /// <inheritdoc/>
    public Cid CodeOf(BuiltinType type)
    {
        PaySyscall();
        Require(kernel.CodeForType((int)type, out Cid code));
        return code;
    }

    /// <inheritdoc/>
    public Address NextActorAddress()
    {
        PaySyscall();
        return calls.NextActorAddress();
    }

    /// <inheritdoc/>
    public ErrorNumber MakeActor(ActorId id, Cid code, Address? delegatedAddress)
    {
        PaySyscall();
        return kernel.CreateActor(id, code, delegatedAddress);
    }

    /// <inheritdoc/>
    public ErrorNumber SelfDestruct(bool burns)
    {
        PaySyscall();
        return kernel.SelfDestruct(burns);
    }

    private static bool IsFound(ErrorNumber error)
    {
        if (error is not (ErrorNumber.None or ErrorNumber.NotFound))
        {
            Require(error);
        }

        return error == ErrorNumber.None;
    }
}
