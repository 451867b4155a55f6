namespace Filecoin.Vm;

/// <content>Charges for messages, calls and actors.</content>
public sealed partial record PriceList
{
    /// <summary>A page of memory, in bytes.</summary>
    private const long PageBytes = 65_536;

    /// <summary>A message in a block, and the update of its sender.</summary>
    /// <param name="sizeBytes">Its length as the chain stores it.</param>
    public GasCharge OnChainMessage(int sizeBytes) => new(
        "OnChainMessage",
        ChainMessageCompute.Apply(sizeBytes),
        ActorUpdate + ChainMessageStorage.Apply(sizeBytes));

    /// <summary>A message's return value on the chain.</summary>
    public GasCharge OnChainReturnValue(int sizeBytes) =>
        new("OnChainReturnValue", Gas.Zero, ChainReturn.Apply(sizeBytes));

    /// <summary>The links of a return value that goes to another actor.</summary>
    public GasCharge OnReturnValue(int links) =>
        new("OnReturnValue", LinkTracked * links, Gas.Zero);

    /// <summary>Moving value.</summary>
    public GasCharge OnValueTransfer() => new("OnValueTransfer", SendTransfer, Gas.Zero);

    /// <summary>Calling a method, with the links of its parameters.</summary>
    public GasCharge OnMethodInvocation(int links) =>
        new("OnMethodInvocation", SendInvoke + (LinkTracked * links), Gas.Zero);

    /// <summary>A call as version 17 charges it: all in one.</summary>
    public GasCharge OnMethodInvocation(bool movesValue, bool callsMethod)
    {
        Gas price = SendBase;
        if (movesValue)
        {
            price += SendTransfer + (callsMethod ? Gas.Zero : SendTransferOnly);
        }

        return new("OnMethodInvocation", callsMethod ? price + SendInvoke : price, Gas.Zero);
    }

    /// <summary>A new actor.</summary>
    /// <param name="assignsAddress">Whether a send made it, which also gives it an address.</param>
    public GasCharge OnCreateActor(bool assignsAddress) => new(
        "OnCreateActor",
        Gas.Zero,
        assignsAddress ? ActorCreate + AddressAssignment + AddressLookup : ActorCreate);

    /// <summary>Deleting an actor.</summary>
    public GasCharge OnDeleteActor() => new("OnDeleteActor", Gas.Zero, ActorDelete);

    /// <summary>Looking up an actor.</summary>
    public GasCharge OnActorLookup() => new("OnActorLookup", Gas.Zero, ActorLookup);

    /// <summary>Writing an actor.</summary>
    public GasCharge OnActorUpdate() => new("OnActorUpdate", Gas.Zero, ActorUpdate);

    /// <summary>Entering the host.</summary>
    public GasCharge OnSyscall() => new("OnSyscall", Syscall, Gas.Zero);

    /// <summary>An operation that is free, which traces show nevertheless.</summary>
    public static GasCharge Free(string name) => new(name, Gas.Zero, Gas.Zero);

    /// <summary>The first memory of an instance.</summary>
    public GasCharge OnMemoryInit(long pages) =>
        new("wasm_memory_init", MemoryInitPerPage * (ulong)pages, Gas.Zero);

    /// <summary>The first table of an instance.</summary>
    public GasCharge OnTableInit(long elements) =>
        new("wasm_table_init", TableInitPerElement * (ulong)elements, Gas.Zero);

    /// <summary>
    /// The part of the instructions' cost that was memory's growth: it is not charged again.
    /// </summary>
    public Gas MemoryGrowth(long bytes) =>
        new Gas(MemoryInitPerPage.Milligas / PageBytes) * (ulong)bytes;
}
