namespace Filecoin.Vm;

/// <summary>
/// Makes a state from nothing: actors, their addresses and the list of built-in code.
/// </summary>
/// <remarks>
/// Spec: message-execution 2.4, 3. The state has version 5, for network versions 18 to 28. Every
/// built-in actor has the same code unless it is named: enough for messages between actors of
/// one's own, where only the codes of accounts matter.
/// </remarks>
public sealed class StateBuilder
{
    private const ulong StateVersion = 5;
    private const ulong FirstFreeId = 1_000;

    private static readonly string[] RequiredNames =
        ["system", "init", "account", "placeholder", "eam", "ethaccount"];

    private readonly IBlockstore store;
    private readonly Dictionary<string, Cid> builtins = [];
    private readonly Hamt<ActorState> actors;
    private readonly Hamt<ActorId> addresses;
    private ulong nextId = FirstFreeId;

    /// <summary>An empty state.</summary>
    /// <param name="store">Where its blocks go.</param>
    /// <param name="builtinCode">Wasm code of built-in actors that are not named.</param>
    public StateBuilder(IBlockstore store, ReadOnlyMemory<byte> builtinCode)
    {
        this.store = store;
        actors = new(store, new(BitWidth: 5));
        addresses = new(store, new(BitWidth: 5));
        foreach (string name in RequiredNames)
        {
            // The name makes the code's CID another one: a custom section says which actor it is.
            builtins[name] = AddCode(NameCode(builtinCode, name));
        }

        store.Put(Machine.EmptyArray, new byte[] { 0x80 });
    }

    /// <summary>Keeps Wasm code and gives its CID.</summary>
    public Cid AddCode(ReadOnlyMemory<byte> wasm) => store.Put(Codec.Raw, wasm);

    /// <summary>Adds an actor.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="code">CID of its code.</param>
    /// <param name="balance">What it owns.</param>
    public void AddActor(ActorId id, Cid code, TokenAmount balance)
    {
        Put(id, new(code, Machine.EmptyArray, 0, balance, null));
        nextId = ulong.Max(nextId, id.Value + 1);
    }

    /// <summary>Adds an account, which may send messages.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="address">Its key; null for none.</param>
    /// <param name="balance">What it owns.</param>
    public void AddAccount(ActorId id, Address? address, TokenAmount balance)
    {
        AddActor(id, builtins["account"], balance);
        if (address is Address key)
        {
            _ = addresses.Set(key.ToBytes(), id);
        }
    }

    /// <summary>Writes the state and gives its root.</summary>
    public Cid Build()
    {
        Cid init = store.PutCbor(new InitState(addresses.Flush(), nextId, "local"));
        Put(WellKnownActors.System, Singleton("system", SystemState()));
        Put(WellKnownActors.Init, Singleton("init", init));
        Put(WellKnownActors.Reward, Singleton("system", Machine.EmptyArray));
        Put(WellKnownActors.BurntFunds, Singleton("account", Machine.EmptyArray));
        return new StateRoot(StateVersion, actors.Flush(), Machine.EmptyArray).Save(store);
    }

    private static byte[] NameCode(ReadOnlyMemory<byte> wasm, string name)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(name);
        return [.. wasm.Span, 0, (byte)(text.Length + 1), (byte)text.Length, .. text];
    }

    private ActorState Singleton(string name, Cid state) =>
        new(builtins[name], state, 0, TokenAmount.Zero, null);

    private void Put(ActorId id, ActorState actor) =>
        _ = actors.Set(Address.FromId(id).ToBytes(), actor);

    private Cid SystemState()
    {
        CborWriter list = new(512);
        list.WriteArrayHeader(RequiredNames.Length);
        foreach (string name in RequiredNames)
        {
            list.WriteArrayHeader(2);
            list.WriteText(name);
            list.WriteCid(builtins[name]);
        }

        Cid manifest = store.Put(Codec.DagCbor, list.ToArray());
        list.Clear();
        list.WriteArrayHeader(1);
        list.WriteCid(manifest);
        Cid state = store.Put(Codec.DagCbor, list.ToArray());
        list.Dispose();
        return state;
    }
}
