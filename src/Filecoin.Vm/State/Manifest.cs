namespace Filecoin.Vm;

/// <summary>The built-in actors of a state, by name, number and code.</summary>
/// <remarks>
/// Spec: message-execution 2.4; ref-fvm fvm/src/machine/manifest.rs.
/// The list is the block that the system actor's state names; numbers start at 1.
/// </remarks>
public sealed class Manifest
{
    private const int EntriesMax = 1_000;

    private readonly List<(string Name, Cid Code)> entries = [];
    private readonly Dictionary<Cid, int> numbers = [];

    private Manifest(Cid cid) => Cid = cid;

    /// <summary>The CID of the list.</summary>
    public Cid Cid { get; }

    /// <summary>Names and code CIDs in the order of their numbers.</summary>
    public IReadOnlyList<(string Name, Cid Code)> Entries => entries;

    /// <summary>The code of accounts.</summary>
    public Cid Account { get; private set; }

    /// <summary>The code of accounts that Ethereum keys control; undefined in version 17.</summary>
    public Cid EthereumAccount { get; private set; }

    /// <summary>
    /// The code of actors that have an address and nothing else; undefined in version 17.
    /// </summary>
    public Cid Placeholder { get; private set; }

    /// <summary>Reads the list that a system actor's state names.</summary>
    /// <exception cref="FatalException">It is missing, malformed or lacks an actor.</exception>
    public static Manifest Load(IBlockstore store, Cid list, ProtocolLine line)
    {
        Manifest manifest = new(list);
        if (!store.TryGet(list, out ReadOnlyMemory<byte> block))
        {
            throw new FatalException($"no manifest {list} in the store");
        }

        CborReader reader = new(block.Span);
        if (!manifest.TryRead(ref reader))
        {
            throw new FatalException($"manifest {list} is malformed: {reader.Error}");
        }

        manifest.Account = manifest.Require("account");
        _ = manifest.Require("system");
        _ = manifest.Require("init");
        if (line != ProtocolLine.Shark)
        {
            manifest.EthereumAccount = manifest.Require("ethaccount");
            manifest.Placeholder = manifest.Require("placeholder");
            _ = manifest.Require("eam");
        }

        return manifest;
    }

    /// <summary>The number of a built-in actor's code; 0 if it is none.</summary>
    public int NumberOf(Cid code) => numbers.GetValueOrDefault(code);

    /// <summary>The code with a number; false if there is none.</summary>
    public bool TryGetCode(int number, out Cid code)
    {
        bool exists = number >= 1 && number <= entries.Count;
        code = exists ? entries[number - 1].Code : default;
        return exists;
    }

    /// <summary>The name of a built-in actor's code; null if it is none.</summary>
    public string? NameOf(Cid code) =>
        numbers.TryGetValue(code, out int number) ? entries[number - 1].Name : null;

    /// <summary>Whether only one actor of this code may exist, which only version 17 asks.</summary>
    internal bool IsSingleton(Cid code) => NameOf(code) is
        "system" or "init" or "reward" or "cron" or "storagepower" or "storagemarket"
        or "verifiedregistry";

    private bool TryRead(ref CborReader reader)
    {
        if (!reader.TryReadArrayHeader(out int count) || count > EntriesMax)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayOf(2)
                || !reader.TryReadText(out string name)
                || !reader.TryReadCid(out Cid code))
            {
                return false;
            }

            entries.Add((name, code));
            numbers[code] = entries.Count;
        }

        return reader.TryEnd();
    }

    private Cid Require(string name)
    {
        foreach ((string entry, Cid code) in entries)
        {
            if (entry == name)
            {
                return code;
            }
        }

        throw new FatalException($"manifest {Cid} lists no {name} actor");
    }
}
