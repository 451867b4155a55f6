namespace Filecoin.Rpc;

/// <summary>Accounts that a transaction touched, with slots that it used.</summary>
internal sealed class TouchedAccounts
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> slots =
        new(StringComparer.Ordinal);

    /// <summary>Addresses of 20 bytes in hexadecimal, in order, with slots of 32 bytes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Slots => slots;

    /// <summary>Adds an account.</summary>
    public void Add(string address) => _ = slots.TryAdd(address, []);

    /// <summary>Adds what instructions touched.</summary>
    public void Add(IReadOnlyList<AccessListEntryView> touched)
    {
        foreach (AccessListEntryView entry in touched)
        {
            slots[entry.Address] = entry.StorageKeys;
        }
    }

    /// <summary>Adds who called and who was called.</summary>
    public void Add(TracedCall call)
    {
        Add(call.From);
        Add(call.To);
        foreach (TracedCall inner in call.Calls)
        {
            Add(inner);
        }
    }
}
