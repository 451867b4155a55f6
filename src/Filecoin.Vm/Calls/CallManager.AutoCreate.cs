using System.Buffers.Binary;

namespace Filecoin.Vm;

/// <content>Making actors.</content>
internal sealed partial class CallManager
{
    private static readonly MethodNumber Constructor = new(1);

    /// <summary>Bytes of the BLS key that is the point at infinity.</summary>
    private static ReadOnlySpan<byte> BlsInfinity =>
    [
        0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>How many actors the message has made, also those taken back.</summary>
    private ulong ActorsCreated { get; set; }

    /// <summary>How many addresses version 17 has given out in the message.</summary>
    private ulong AddressesGiven { get; set; }

    /// <summary>The address that the next new actor gets.</summary>
    /// <remarks>
    /// Spec: syscalls 8, next_actor_address. Derived from the message's sender as it is written,
    /// its nonce and how many actors there have been.
    /// </remarks>
    public Address NextActorAddress() => DeriveAddress(originAddress, ActorsCreated);

    /// <summary>The same in version 17, from the key behind the sender.</summary>
    public Address NewActorAddress() => DeriveAddress(KeyOf(originAddress), AddressesGiven++);

    /// <summary>The account's key; version 17 asks for it.</summary>
    /// <exception cref="FatalException">The sender has none.</exception>
    private Address KeyOf(Address address)
    {
        bool isKey = address.Protocol is Protocol.Secp256k1 or Protocol.Bls;
        return isKey
            ? address
            : State.TryResolve(address, out ActorId id)
                && State.TryGetActor(id, out ActorState actor)
                && TryReadAccountKey(actor.State, out Address key, out _)
                ? key
                : throw new FatalException($"origin {address} has no key");
    }

    /// <summary>Reads the key in an account's state.</summary>
    public bool TryReadAccountKey(Cid state, out Address key, out int sizeBytes)
    {
        (key, sizeBytes) = (default, 0);
        if (!Machine.Store.TryGet(state, out ReadOnlyMemory<byte> block))
        {
            return false;
        }

        sizeBytes = block.Length;
        CborReader reader = new(block.Span);
        return reader.TryReadArrayOf(1) && Address.TryRead(ref reader, out key) && reader.TryEnd();
    }

    /// <summary>Makes an actor at an id that the init actor has chosen.</summary>
    /// <remarks>Spec: syscalls 8, create_actor; since version 18.</remarks>
    public ErrorNumber CreateActor(ActorId id, Cid code, Address? delegatedAddress)
    {
        Manifest manifest = Machine.Manifest;
        if (code == manifest.Placeholder)
        {
            return ErrorNumber.Forbidden;
        }

        if (!TryGetActor(id, out ActorState actor))
        {
            Gas.Charge(Prices.OnCreateActor(assignsAddress: false));
            actor = NewActor(code, delegatedAddress);
        }
        else if (actor.Code != manifest.Placeholder)
        {
            return ErrorNumber.Forbidden;
        }
        else if (actor.DelegatedAddress is null)
        {
            throw new FatalException($"placeholder {id.Value} has no delegated address");
        }
        else if (actor.DelegatedAddress != delegatedAddress)
        {
            return ErrorNumber.Forbidden;
        }
        else
        {
            actor = actor with { Code = code };
        }

        SetActor(id, actor);
        ActorsCreated++;
        return ErrorNumber.None;
    }

    /// <summary>The same in version 17.</summary>
    public ErrorNumber CreateActorShark(ActorId id, Cid code)
    {
        Manifest manifest = Machine.Manifest;
        if (manifest.NumberOf(code) == 0 || manifest.IsSingleton(code))
        {
            return ErrorNumber.Forbidden;
        }

        if (TryGetActor(id, out _))
        {
            return ErrorNumber.Forbidden;
        }

        Gas.Charge(Prices.OnCreateActor(assignsAddress: false));
        SetActor(id, NewActor(code, null));
        return ErrorNumber.None;
    }

    /// <summary>Makes the actor of an address that has received its first call.</summary>
    /// <remarks>Spec: message-execution 7.3.</remarks>
    private ErrorNumber AutoCreate(Address address, bool isReadOnly, out ActorId id)
    {
        id = default;
        bool isKey = address.Protocol is Protocol.Secp256k1 or Protocol.Bls;
        bool isEthereum = Line != ProtocolLine.Shark
            && address.TryGetDelegated(out ulong manager, out _)
            && manager == WellKnownActors.EthereumAddressManager.Value;
        if (!isKey && !isEthereum)
        {
            return ErrorNumber.NotFound;
        }

        if (isReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        return isKey ? CreateAccount(address, out id) : CreatePlaceholder(address, out id);
    }

    private ErrorNumber CreateAccount(Address address, out ActorId id)
    {
        id = default;
        bool isInfinity =
            address.Protocol == Protocol.Bls && address.Payload.SequenceEqual(BlsInfinity);

        // Quirk: version 17 charges before it looks at the key.
        if (Line == ProtocolLine.Shark)
        {
            Gas.Charge(Prices.OnCreateActor(assignsAddress: true));
        }

        if (isInfinity)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (Line != ProtocolLine.Shark)
        {
            Gas.Charge(Prices.OnCreateActor(assignsAddress: true));
        }

        id = State.Register(address);
        Access.RecordResolved(address);
        SetActor(id, NewActor(Machine.Manifest.Account, null));
        return Construct(address, id);
    }

    /// <summary>Runs an account's constructor; what it exits with does not matter.</summary>
    private ErrorNumber Construct(Address address, ActorId id)
    {
        ulong codec = Line == ProtocolLine.Shark ? Codec.DagCbor : Codec.Cbor;
        Call call = new()
        {
            From = WellKnownActors.System,
            To = Address.FromId(id),
            Method = Constructor,
            Parameters = new(codec, Cbor.Encode(address), []),
            Value = TokenAmount.Zero,
        };
        CallResult result = Line == ProtocolLine.Shark
            ? CallResolvedShark(call, id)
            : CallResolved(call, id);
        return result.End switch
        {
            CallEnd.Exited => ErrorNumber.None,
            CallEnd.Refused => result.Error,
            CallEnd.OutOfGas => throw new OutOfGasException(),
        };
    }

    private ErrorNumber CreatePlaceholder(Address address, out ActorId id)
    {
        Gas.Charge(Prices.OnCreateActor(assignsAddress: true));
        id = State.Register(address);
        Access.RecordResolved(address);
        SetActor(id, NewActor(Machine.Manifest.Placeholder, address));
        return ErrorNumber.None;
    }

    private static ActorState NewActor(Cid code, Address? delegatedAddress) =>
        new(code, Machine.EmptyArray, 0, TokenAmount.Zero, delegatedAddress);

    private Address DeriveAddress(Address origin, ulong index)
    {
        byte[] name = Cbor.Encode(origin);
        Span<byte> seed = stackalloc byte[name.Length + (2 * sizeof(ulong))];
        name.CopyTo(seed);
        BinaryPrimitives.WriteUInt64BigEndian(seed[name.Length..], Nonce);
        BinaryPrimitives.WriteUInt64BigEndian(seed[(name.Length + sizeof(ulong))..], index);
        return Address.FromActor(seed);
    }
}
