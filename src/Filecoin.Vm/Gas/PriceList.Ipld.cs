namespace Filecoin.Vm;

/// <content>Charges for blocks and events.</content>
public sealed partial record PriceList
{
    private const ulong EventOverheadBytes = 12;
    private const ulong EventEntryOverheadBytes = 9;

    private Gas CopyAndAllocatePerByte => BlockCopyPerByte + BlockAllocatePerByte;

    /// <summary>Opening a block, before it is read.</summary>
    public GasCharge OnBlockOpenBase() => new("OnBlockOpenBase", LinkChecked, BlockOpen);

    /// <summary>Opening a block, once its size and links are known.</summary>
    public GasCharge OnBlockOpen(int sizeBytes, int links)
    {
        Gas compute = LinkTracked * links;
        Gas open = CopyAndAllocatePerByte * sizeBytes;
        return new("OnBlockOpen", compute, open + RetentionAbove(compute + open, sizeBytes));
    }

    /// <summary>Reading bytes of an open block.</summary>
    public GasCharge OnBlockRead(int sizeBytes) =>
        new("OnBlockRead", BlockCopyPerByte * sizeBytes, Gas.Zero);

    /// <summary>Making a block.</summary>
    public GasCharge OnBlockCreate(int sizeBytes, int links)
    {
        Gas compute = (CopyAndAllocatePerByte * sizeBytes) + (LinkChecked * links);
        return new("OnBlockCreate", compute, RetentionAbove(compute, sizeBytes));
    }

    /// <summary>Naming and storing a block.</summary>
    public GasCharge OnBlockLink(int sizeBytes) => new(
        "OnBlockLink",
        (CopyAndAllocatePerByte * sizeBytes) + BlockHashing.Apply(sizeBytes) + LinkTracked,
        BlockFlush + BlockStorage.Apply(sizeBytes));

    /// <summary>Scanning a block for links.</summary>
    public static GasCharge OnScanIpldLinks(Gas used) => new("OnScanIpldLinks", used, Gas.Zero);

    /// <summary>Asking for the own state's root.</summary>
    public GasCharge OnGetRoot() => new("OnActorGetRoot", LinkTracked, Gas.Zero);

    /// <summary>Setting the own state's root.</summary>
    public GasCharge OnSetRoot() => new("OnActorSetRoot", LinkChecked, Gas.Zero);

    /// <summary>An event, before it is checked; versions 18 to 20.</summary>
    public GasCharge OnActorEventValidate(int sizeBytes) => new(
        "OnActorEventValidate",
        EventValidate.Apply(sizeBytes) + (CopyAndAllocatePerByte * sizeBytes),
        Gas.Zero);

    /// <summary>An event that was accepted; versions 18 to 20.</summary>
    public GasCharge OnActorEventAccept(int sizeBytes)
    {
        ulong size = (ulong)sizeBytes + EventOverheadBytes;
        Gas copies = (BlockCopyPerByte * (size * 3)) + (BlockAllocatePerByte * (size * 2));
        return new("OnActorEventAccept", copies, BlockHashing.Apply(size));
    }

    /// <summary>An event of a number of entries; since version 21.</summary>
    public GasCharge OnActorEvent(uint entries, uint keyBytes, uint valueBytes)
    {
        ulong size =
            EventOverheadBytes + (EventEntryOverheadBytes * entries) + keyBytes + valueBytes;
        Gas memory = CopyAndAllocatePerByte * size;
        Gas validation = EventValidate.Apply(entries) + Utf8.Apply(keyBytes);
        return new(
            "OnActorEvent", memory + memory + validation, BlockHashing.Apply(size) + memory);
    }

    private Gas RetentionAbove(Gas compute, int sizeBytes) =>
        Gas.Max((BlockRetentionPerByte * sizeBytes) - compute, Gas.Zero);
}
