using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Changes the state that the head led to, as developers' methods do.</summary>
internal sealed class StateAmendment(RpcNode node)
{
    private static readonly Cid EmptyArray = Cid.Of(Codec.DagCbor, [0x80]);

    /// <summary>Gives an address a balance, in attoFIL.</summary>
    public void SetBalance(Address address, TokenAmount balance) =>
        Change(address, (_, actor, _) => actor with { Balance = balance });

    /// <summary>Adds to an address' balance, in attoFIL.</summary>
    public void AddBalance(Address address, TokenAmount amount) => Change(
        address, (_, actor, _) => actor with { Balance = actor.Balance + amount });

    /// <summary>Makes sure that an address has an actor; gives its id.</summary>
    public ActorId Ensure(Address address)
    {
        Change(address, static (_, actor, _) => actor);
        return node.StateAfter(node.Chain.Head).TryGet(address, out ActorId id, out _)
            ? id
            : throw new RpcException($"no actor with address {address}");
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
            byte[] hash = new byte[Keccak256.DigestLength];
            Keccak256.Hash(code.Span, hash);
            ContractRecord contract = view.TryGetContract(actor, out ContractRecord? before)
                ? before
                : new(
                    default,
                    hash,
                    new Kamt<RawCbor>(blocks, KamtOptions.ContractStorage).Flush(),
                    1,
                    false);
            Cid bytecode = blocks.Put(Codec.Raw, code);
            return actor with
            {
                Code = view.CodeNamed("evm"),
                Nonce = 0,
                State = Put(
                    blocks,
                    contract with { Bytecode = bytecode, BytecodeHash = hash, IsDead = false }),
            };
        });

    /// <summary>Gives a slot of a contract a value.</summary>
    /// <exception cref="RpcException">The address is no contract's.</exception>
    public void SetSlot(Address address, byte[] key32, BigInteger value) => Change(
        address, (view, actor, blocks) => WithSlot(view, actor, blocks, key32, value)
            ?? throw new RpcException($"{address} is no contract"));

    /// <summary>An actor with a slot of another value; null if it is no contract.</summary>
    internal static ActorState? WithSlot(
        ActorView view, ActorState actor, IBlockstore blocks, byte[] key32, BigInteger value)
    {
        if (!view.TryGetContract(actor, out ContractRecord? contract))
        {
            return null;
        }

        Kamt<RawCbor> slots = Kamt<RawCbor>.Load(
            blocks, contract.Storage, KamtOptions.ContractStorage);
        if (value.IsZero)
        {
            _ = slots.Delete(key32);
        }
        else
        {
            CborWriter writer = new(64);
            writer.WriteBytes(value.ToByteArray(isUnsigned: true, isBigEndian: true));
            _ = slots.Set(key32, new(writer.ToArray()));
            writer.Dispose();
        }

        return actor with { State = Put(blocks, contract with { Storage = slots.Flush() }) };
    }

    private static Cid Put(IBlockstore blocks, ContractRecord contract) =>
        blocks.Put(Codec.DagCbor, contract.Encode());

    private void Change(
        Address address, Func<ActorView, ActorState, IBlockstore, ActorState> change) =>
        node.Chain.AmendState((blocks, root) =>
        {
            ActorView view = new(blocks, root, node.Line);
            if (!view.TryGet(address, out ActorId id, out ActorState actor))
            {
                if (address.IsId)
                {
                    throw new RpcException(new RpcError(
                        RpcError.ActorNotFoundCode, $"actor not found: {address}"));
                }

                blocks.Put(EmptyArray, new byte[] { 0x80 });
                id = view.State.TryResolve(address, out ActorId known)
                    ? known
                    : view.State.Register(address);
                actor = new(
                    view.CodeNamed("placeholder"), EmptyArray, 0, TokenAmount.Zero, address);
            }

            view.State.SetActor(id, change(view, actor, blocks));
            return view.State.Flush();
        });
}
