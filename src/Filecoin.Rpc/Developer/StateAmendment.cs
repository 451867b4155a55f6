using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Changes a state as no network would.</summary>
/// <param name="amend">Is given each change: from blocks and root to the new root.</param>
/// <param name="line">The state's version.</param>
internal sealed class StateAmendment(
    Action<Func<IBlockstore, Cid, Cid>> amend, ProtocolLine line)
{
    private static readonly Cid EmptyArray = Cid.Of(Codec.DagCbor, [0x80]);

    /// <summary>Changes the state that the head led to, as developers' methods do.</summary>
    public StateAmendment(RpcNode node)
        : this(node.Chain.AmendState, node.Line)
    {
    }

    /// <summary>Gives an address a balance, in attoFIL.</summary>
    public void SetBalance(Address address, TokenAmount balance) =>
        Change(address, (_, actor, _) => actor with { Balance = balance });

    /// <summary>Adds to an address' balance, in attoFIL.</summary>
    public void AddBalance(Address address, TokenAmount amount) => Change(
        address, (_, actor, _) => actor with { Balance = actor.Balance + amount });

    /// <summary>Makes sure that an address has an actor; gives its id.</summary>
    public ActorId Ensure(Address address)
    {
        ActorId found = default;
        Change(address, static (_, actor, _) => actor, id => found = id);
        return found;
    }

    /// <summary>Gives an address a nonce.</summary>
    public void SetNonce(Address address, ulong nonce) => Change(
        address,
        (view, actor, blocks) =>
        {
            if (view.TryGetContract(actor, out ContractRecord? contract))
            {
                return actor with { State = Put(blocks, contract with { Nonce = nonce }) };
            }

            return actor with
            {
                Nonce = nonce,
                Code = view.MaySend(actor) && actor.DelegatedAddress is not null
                    ? view.CodeNamed("ethaccount")
                    : actor.Code,
            };
        });

    /// <summary>Gives an address the code of a contract; its slots stay.</summary>
    public void SetCode(Address address, ReadOnlyMemory<byte> code) => Change(
        address,
        (view, actor, blocks) =>
        {
            ContractRecord contract = view.TryGetContract(actor, out ContractRecord? before)
                ? before
                : WithoutCode(blocks);
            return AsContract(view, actor, blocks, contract with
            {
                Bytecode = blocks.Put(Codec.Raw, code),
                BytecodeHash = Keccak256.Hash(code.Span),
                IsDead = false,
            });
        });

    /// <summary>Gives a slot of an address a value.</summary>
    /// <exception cref="RpcException">An actor is there that keeps no slots.</exception>
    public void SetSlot(Address address, byte[] key32, BigInteger value) =>
        SetSlots(address, [(key32, value)], clears: false);

    /// <summary>Gives slots of an address values.</summary>
    /// <remarks>
    /// Where no key has signed yet and no code is, there is a contract without code afterwards,
    /// for only contracts have slots here. An account of a key stays one: as a contract it could
    /// sign nothing any more.
    /// </remarks>
    /// <param name="address">The contract, or an address that has nothing but a balance.</param>
    /// <param name="words">Keys of 32 bytes and what they get.</param>
    /// <param name="clears">Whether all others are emptied.</param>
    /// <exception cref="RpcException">An actor is there that keeps no slots.</exception>
    public void SetSlots(
        Address address, IReadOnlyList<(byte[] Key32, BigInteger Value)> words, bool clears) =>
        Change(address, (view, actor, blocks) => WithSlots(
            view,
            view.IsPlaceholder(actor)
                ? AsContract(view, actor, blocks, WithoutCode(blocks))
                : actor,
            blocks, words, clears)
                ?? throw new RpcException(
                    $"{view.EthereumOf(address)} is no contract but an account or an actor of"
                        + " another kind, which has no slots"));

    /// <summary>An actor with a slot of another value; null if it is no contract.</summary>
    internal static ActorState? WithSlot(
        ActorView view, ActorState actor, IBlockstore blocks, byte[] key32, BigInteger value) =>
        WithSlots(view, actor, blocks, [(key32, value)], clears: false);

    private static ActorState? WithSlots(
        ActorView view,
        ActorState actor,
        IBlockstore blocks,
        IReadOnlyList<(byte[] Key32, BigInteger Value)> words,
        bool clears)
    {
        if (!view.TryGetContract(actor, out ContractRecord? contract))
        {
            return null;
        }

        Kamt<RawCbor> slots = clears
            ? new(blocks, KamtOptions.ContractStorage)
            : Kamt<RawCbor>.Load(blocks, contract.Storage, KamtOptions.ContractStorage);
        foreach ((byte[] key, BigInteger value) in words)
        {
            Set(slots, key, value);
        }

        return actor with { State = Put(blocks, contract with { Storage = slots.Flush() }) };
    }

    private static ContractRecord WithoutCode(IBlockstore blocks) => new(
        blocks.Put(Codec.Raw, ReadOnlyMemory<byte>.Empty),
        Keccak256.Hash([]),
        new Kamt<RawCbor>(blocks, KamtOptions.ContractStorage).Flush(),
        1,
        false);

    private static ActorState AsContract(
        ActorView view, ActorState actor, IBlockstore blocks, ContractRecord contract) =>
        actor with
        {
            Code = view.CodeNamed("evm"),
            Nonce = 0,
            State = Put(blocks, contract),
        };

    private static void Set(Kamt<RawCbor> slots, byte[] key32, BigInteger value)
    {
        if (value.IsZero)
        {
            _ = slots.Delete(key32);
            return;
        }

        CborWriter writer = new(64);
        writer.WriteBytes(value.ToByteArray(isUnsigned: true, isBigEndian: true));
        _ = slots.Set(key32, new(writer.ToArray()));
        writer.Dispose();
    }

    private static Cid Put(IBlockstore blocks, ContractRecord contract) =>
        blocks.Put(Codec.DagCbor, contract.Encode());

    private void Change(
        Address address,
        Func<ActorView, ActorState, IBlockstore, ActorState> change,
        Action<ActorId>? tell = null) => amend((blocks, root) =>
        {
            ActorView view = new(blocks, root, line);
            if (!view.TryGet(address, out ActorId id, out ActorState actor))
            {
                if (address.IsId)
                {
                    throw new RpcException(new RpcError(
                        RpcError.ActorNotFoundCode,
                        $"actor not found: {address.ToTestnetString()}"));
                }

                blocks.Put(EmptyArray, new byte[] { 0x80 });
                id = view.State.TryResolve(address, out ActorId known)
                    ? known
                    : view.State.Register(address);
                actor = new(
                    view.CodeNamed("placeholder"), EmptyArray, 0, TokenAmount.Zero, address);
            }

            view.State.SetActor(id, change(view, actor, blocks));
            tell?.Invoke(id);
            return view.State.Flush();
        });
}
