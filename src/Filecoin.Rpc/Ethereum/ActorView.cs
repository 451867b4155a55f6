using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Rpc;

/// <summary>Reads a state as Ethereum's tools look at it.</summary>
/// <remarks>Spec: eth-compat 5.5 and 6. Not for several threads.</remarks>
internal sealed class ActorView(IBlockstore blocks, Cid root, ProtocolLine line)
{
    private readonly StateTree state = StateTree.Load(blocks, root, line);
    private Manifest? manifest;

    /// <summary>The state.</summary>
    public StateTree State => state;

    private Manifest Manifest =>
        manifest ??= Manifest.Load(blocks, Manifest.FindCid(state, blocks), line);

    /// <summary>Gets the actor with an address.</summary>
    public bool TryGet(Address address, out ActorId id, out ActorState actor)
    {
        actor = default;
        return state.TryResolve(address, out id) && state.TryGetActor(id, out actor);
    }

    /// <summary>What an address owns; nothing if it is no actor's.</summary>
    public TokenAmount BalanceOf(Address address) =>
        TryGet(address, out _, out ActorState actor) ? actor.Balance : TokenAmount.Zero;

    /// <summary>How many transactions an address has sent, or a contract has made.</summary>
    public ulong NonceOf(Address address) => !TryGet(address, out _, out ActorState actor)
        ? 0
        : actor.Nonce + MadeBy(actor);

    /// <summary>How much a contract has made; nothing if it is none.</summary>
    public ulong MadeBy(Address address) =>
        TryGet(address, out _, out ActorState actor) ? MadeBy(actor) : 0;

    private ulong MadeBy(in ActorState actor) =>
        TryGetContract(actor, out ContractRecord? contract) && !contract.IsDead
            ? contract.Nonce
            : 0;

    /// <summary>A contract's code; empty if there is none.</summary>
    public ReadOnlyMemory<byte> CodeOf(Address address) =>
        TryGet(address, out _, out ActorState actor)
        && TryGetContract(actor, out ContractRecord? contract)
        && !contract.IsDead
        && blocks.TryGet(contract.Bytecode, out ReadOnlyMemory<byte> code)
            ? code
            : default;

    /// <summary>A slot of a contract, 32 bytes; zeros if there is none.</summary>
    public byte[] SlotOf(Address address, ReadOnlySpan<byte> key32)
    {
        byte[] slot = new byte[ContractRecord.WordLength];
        if (TryGet(address, out _, out ActorState actor)
            && TryGetContract(actor, out ContractRecord? contract)
            && Kamt<RawCbor>.Load(blocks, contract.Storage, KamtOptions.ContractStorage)
                .TryGet(key32, out RawCbor value))
        {
            CborReader reader = new(value.Encoded.Span);
            if (reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
                && bytes.Length <= slot.Length)
            {
                bytes.CopyTo(slot.AsSpan(slot.Length - bytes.Length));
            }
        }

        return slot;
    }

    /// <summary>Whether an actor is a contract.</summary>
    public bool IsContract(in ActorState actor) => IsContract(actor.Code);

    /// <summary>Whether code is that of contracts.</summary>
    public bool IsContract(Cid code) => Manifest.NameOf(code) == "evm";

    /// <summary>Whether an actor is one that was only given something so far.</summary>
    public bool IsPlaceholder(in ActorState actor) =>
        Manifest.NameOf(actor.Code) == "placeholder";

    /// <summary>Whether an actor may send messages of the chain.</summary>
    public bool MaySend(in ActorState actor) => Manifest.MaySend(actor, contractsMay: false);

    /// <summary>The code of a built-in actor.</summary>
    /// <exception cref="RpcException">The network has none of that name.</exception>
    public Cid CodeNamed(string name)
    {
        foreach ((string found, Cid code) in Manifest.Entries)
        {
            if (found == name)
            {
                return code;
            }
        }

        throw new RpcException($"the network has no actor '{name}'");
    }

    /// <summary>The state of a contract.</summary>
    public bool TryGetContract(
        in ActorState actor, [NotNullWhen(true)] out ContractRecord? contract)
    {
        contract = null;
        return IsContract(actor)
            && blocks.TryGet(actor.State, out ReadOnlyMemory<byte> block)
            && ContractRecord.TryRead(block.Span, out contract);
    }

    /// <summary>The 20 bytes that Ethereum knows an actor by.</summary>
    public string EthereumOf(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.EthereumLength];
        if (address.TryToEthereum(bytes) && !address.IsId)
        {
            return Hex.OfBytes(bytes);
        }

        if (!state.TryResolve(address, out ActorId id))
        {
            bytes.Clear();
            bytes[0] = 0xff;
            bytes[12..].Fill(0xff);
            return Hex.OfBytes(bytes);
        }

        return EthereumOf(id);
    }

    /// <summary>The 20 bytes that Ethereum knows an actor by.</summary>
    public string EthereumOf(ActorId id)
    {
        Span<byte> bytes = stackalloc byte[Address.EthereumLength];
        if (!state.TryGetActor(id, out ActorState actor)
            || actor.DelegatedAddress is not Address delegated
            || !delegated.TryToEthereum(bytes))
        {
            _ = Address.FromId(id).TryToEthereum(bytes);
        }

        return Hex.OfBytes(bytes);
    }
}

/// <summary>The state of a contract, as far as it is looked at here.</summary>
/// <remarks>Spec: actors/evm 3.1.</remarks>
internal sealed record ContractRecord(
    Cid Bytecode, byte[] BytecodeHash, Cid Storage, ulong Nonce, bool IsDead)
{
    /// <summary>Bytes of a slot.</summary>
    public const int WordLength = 32;

    private const int FieldCount = 6;

    public static bool TryRead(
        ReadOnlySpan<byte> block, [NotNullWhen(true)] out ContractRecord? contract)
    {
        contract = null;
        CborReader reader = new(block);
        if (!reader.TryReadArrayOf(FieldCount)
            || !reader.TryReadCid(out Cid bytecode)
            || !reader.TryReadBytes(out ReadOnlySpan<byte> hash)
            || !reader.TryReadCid(out Cid storage))
        {
            return false;
        }

        byte[] bytecodeHash = hash.ToArray();
        if (!reader.TrySkip()
            || !reader.TryReadUInt64(out ulong nonce))
        {
            return false;
        }

        contract = new(bytecode, bytecodeHash, storage, nonce, !reader.TryReadNull());
        return true;
    }

    /// <summary>The state as a block; transient storage is left out.</summary>
    public byte[] Encode()
    {
        CborWriter writer = new(256);
        writer.WriteArrayHeader(FieldCount);
        writer.WriteCid(Bytecode);
        writer.WriteBytes(BytecodeHash);
        writer.WriteCid(Storage);
        writer.WriteNull();
        writer.WriteUInt64(Nonce);
        writer.WriteNull();
        byte[] block = writer.ToArray();
        writer.Dispose();
        return block;
    }
}
