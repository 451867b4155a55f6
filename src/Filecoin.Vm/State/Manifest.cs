using System.Collections.Concurrent;

namespace Filecoin.Vm;

/// <summary>The built-in actors of a state, by name, number and code.</summary>
/// <remarks>
/// Spec: message-execution 2.4; ref-fvm fvm/src/machine/manifest.rs.
/// The list is the block that the system actor's state names; numbers start at 1.
/// </remarks>
public sealed class Manifest
{
    private const int EntriesMax = 1_000;

    // A chain has one for each version of the network.
    private const int KnownMax = 64;

    // Lists that were read: what a CID names does not change.
    private static readonly ConcurrentDictionary<(Cid List, ProtocolLine Line), Manifest> Known =
        new();

    private readonly List<(string Name, Cid Code)> entries;
    private readonly Dictionary<Cid, int> numbers = [];

    private Manifest(Cid cid, List<(string Name, Cid Code)> entries)
    {
        (Cid, this.entries) = (cid, entries);
        for (int i = 0; i < entries.Count; i++)
        {
            numbers[entries[i].Code] = i + 1;
        }
    }

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

    /// <summary>The CID of the list that the state of a tree's system actor names.</summary>
    /// <exception cref="FatalException">There is none, or it is malformed.</exception>
    public static Cid FindCid(StateTree state, IBlockstore store)
    {
        if (!state.TryGetActor(WellKnownActors.System, out ActorState system)
            || !store.TryGet(system.State, out ReadOnlyMemory<byte> block))
        {
            throw new FatalException("the state has no system actor");
        }

        CborReader reader = new(block.Span);
        return reader.TryReadArrayOf(1) && reader.TryReadCid(out Cid list) && reader.TryEnd()
            ? list
            : throw new FatalException("the system actor's state is malformed");
    }

    /// <summary>Reads a list of built-in actors: <c>[[name, code], …]</c>.</summary>
    /// <param name="block">The list's block.</param>
    /// <param name="entries">Names and code CIDs, in order.</param>
    public static bool TryReadList(
        ReadOnlySpan<byte> block, out List<(string Name, Cid Code)> entries)
    {
        entries = [];
        CborReader reader = new(block);
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
        }

        return reader.TryEnd();
    }

    /// <summary>The list that a system actor's state names, which is read once.</summary>
    /// <exception cref="FatalException">It is missing, malformed or lacks an actor.</exception>
    public static Manifest Load(IBlockstore store, Cid list, ProtocolLine line)
    {
        if (Known.TryGetValue((list, line), out Manifest? known))
        {
            return known;
        }

        Manifest manifest = Read(store, list, line);
        if (Known.Count >= KnownMax)
        {
            Known.Clear();
        }

        return Known.GetOrAdd((list, line), manifest);
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

    /// <summary>Whether code is that of contracts of the EVM.</summary>
    public bool IsContract(Cid code) => NameOf(code) == "evm";

    /// <summary>Whether an actor may send messages of the chain.</summary>
    /// <remarks>Spec: message-execution 4.2. Undefined CIDs equal no code.</remarks>
    /// <param name="actor">The actor.</param>
    /// <param name="contractsMay">Whether contracts may: <see cref="NetworkConfig"/>.</param>
    public bool MaySend(in ActorState actor, bool contractsMay) =>
        actor.Code == Account
        || (EthereumAccount.IsDefined && actor.Code == EthereumAccount)
        || IsFreshPlaceholder(actor)
        || (contractsMay && IsContract(actor.Code));

    /// <summary>
    /// Whether an actor is an Ethereum address that has never sent: it becomes an account.
    /// </summary>
    /// <remarks>Spec: FIP-0055.</remarks>
    public bool IsFreshPlaceholder(in ActorState actor) =>
        Placeholder.IsDefined
        && actor.Code == Placeholder
        && actor.Nonce == 0
        && actor.DelegatedAddress is Address address
        && address.TryGetDelegated(out ulong manager, out _)
        && manager == WellKnownActors.EthereumAddressManager.Value;

    /// <summary>
    /// Whether only one actor of this code may exist, which only version 17 asks.
    /// </summary>
    internal bool IsSingleton(Cid code) => NameOf(code) is
        "system" or "init" or "reward" or "cron" or "storagepower" or "storagemarket"
        or "verifiedregistry";

    private static Manifest Read(IBlockstore store, Cid list, ProtocolLine line)
    {
        if (!store.TryGet(list, out ReadOnlyMemory<byte> block))
        {
            throw new FatalException($"no manifest {list} in the store");
        }

        if (!TryReadList(block.Span, out List<(string Name, Cid Code)> entries))
        {
            throw new FatalException($"manifest {list} is malformed");
        }

        Manifest manifest = new(list, entries);
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
