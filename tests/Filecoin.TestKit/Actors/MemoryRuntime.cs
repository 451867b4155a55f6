using Filecoin.ActorRuntime;
using Filecoin.Crypto;
using Filecoin.Ipld;

namespace Filecoin.TestKit.Actors;

/// <summary>
/// A machine for one actor, in memory: what it asks is set before, what it does kept.
/// </summary>
/// <remarks>Reads like the situation: set callers and answers, call a method, look.</remarks>
public sealed class MemoryRuntime : IRuntime
{
    private readonly Dictionary<Address, ActorId> addresses = [];
    private readonly Dictionary<ActorId, (BuiltinType Type, Address? Delegated)> actors = [];
    private readonly Dictionary<ActorId, TokenAmount> balances = [];

    public MemoryRuntime()
    {
        Root = StateAccess.EmptyRoot;
        Memory.Put(Root, new byte[] { 0x80 });
        Add(WellKnownActors.System, BuiltinType.System);
    }

    public MemoryBlockstore Memory { get; } = new();

    /// <summary>The root of the state.</summary>
    public Cid Root { get; set; }

    /// <summary>What setting the state's root gives.</summary>
    public ErrorNumber RootError { get; set; }

    public TokenAmount Balance { get; set; }

    /// <summary>Calls that the actor has made.</summary>
    public List<SendRequest> Sent { get; } = [];

    /// <summary>
    /// What calls give, in order; success without a value when there are no more.
    /// </summary>
    public Queue<SendResult> Answers { get; } = new();

    /// <summary>Actors that it has made.</summary>
    public List<(ActorId Id, Cid Code, Address? Delegated)> Made { get; } = [];

    /// <summary>What making an actor gives.</summary>
    public ErrorNumber MakeError { get; set; }

    public List<EventEntry[]> Events { get; } = [];

    /// <summary>Whether signatures are valid.</summary>
    public bool SignaturesAreValid { get; set; } = true;

    public Policy Policy { get; set; } = Policy.Mainnet;

    public bool IsCallerValidated { get; set; }

    public bool IsInTransaction { get; set; }

    public ActorId Caller { get; set; }

    public ActorId Origin { get; set; }

    public ActorId Receiver { get; set; } = new(1_000);

    public MethodNumber Method { get; set; }

    public ulong Nonce { get; set; }

    public TokenAmount ValueReceived { get; set; }

    public TokenAmount GasPremium { get; set; }

    public bool IsReadOnly { get; set; }

    public ChainEpoch Epoch { get; set; }

    public NetworkVersion NetworkVersion { get; set; } = NetworkVersion.V28;

    public ulong ChainId { get; set; } = 314;

    public ulong Timestamp { get; set; }

    public TokenAmount BaseFee { get; set; }

    public IBlockstore Store => Memory;

    public TokenAmount Circulating { get; set; }

    /// <summary>The code of a built-in actor in this machine.</summary>
    public static Cid CodeFor(BuiltinType type) => Cid.Of(Codec.Raw, [(byte)type]);

    /// <summary>Adds an actor.</summary>
    public void Add(ActorId id, BuiltinType type, Address? delegated = null)
    {
        actors[id] = (type, delegated);
        if (delegated is Address address)
        {
            addresses[address] = id;
        }
    }

    /// <summary>Gives an id to an address.</summary>
    public void Add(Address address, ActorId id) => addresses[address] = id;

    public void SetBalance(ActorId id, TokenAmount balance) => balances[id] = balance;

    /// <summary>Runs a method as a new call by some actor.</summary>
    public IpldBlock? Call(BuiltinActor actor, ActorId caller, ulong method, IpldBlock? parameters)
    {
        (Caller, Method, IsCallerValidated) = (caller, new(method), false);
        IpldBlock? result = actor.Invoke(this, Method, parameters);
        return IsCallerValidated
            ? result
            : throw new InvalidOperationException("the caller was not validated");
    }

    /// <summary>Runs a method without parameters.</summary>
    public IpldBlock? Call(BuiltinActor actor, ActorId caller, ulong method) =>
        Call(actor, caller, method, null);

    /// <summary>Runs a method with parameters.</summary>
    public IpldBlock? Call<T>(BuiltinActor actor, ActorId caller, ulong method, T parameters)
        where T : ICbor<T> => Call(actor, caller, method, ParameterCodec.Encode(parameters));

    /// <summary>
    /// Runs a method that must fail, and gives its exit code; state is as before.
    /// </summary>
    public ExitCode Fail(BuiltinActor actor, ActorId caller, ulong method, IpldBlock? parameters)
    {
        Cid root = Root;
        try
        {
            _ = Call(actor, caller, method, parameters);
        }
        catch (ActorAbortException abort)
        {
            Root = root;
            return abort.ExitCode;
        }

        return ExitCode.Ok;
    }

    /// <inheritdoc cref="Fail(BuiltinActor, ActorId, ulong, IpldBlock?)"/>
    public ExitCode Fail<T>(BuiltinActor actor, ActorId caller, ulong method, T parameters)
        where T : ICbor<T> => Fail(actor, caller, method, ParameterCodec.Encode(parameters));

    public TokenAmount CirculatingSupply() => Circulating;

    public ErrorNumber TipsetCid(ChainEpoch epoch, out Cid tipset)
    {
        tipset = Cid.Of(Codec.DagCbor, BitConverter.GetBytes(epoch.Value));
        return epoch.Value < Epoch.Value ? ErrorNumber.None : ErrorNumber.IllegalArgument;
    }

    public ErrorNumber StateRoot(out Cid root)
    {
        root = Root;
        return ErrorNumber.None;
    }

    public ErrorNumber SetStateRoot(Cid root)
    {
        if (RootError == ErrorNumber.None)
        {
            Root = root;
        }

        return RootError;
    }

    public TokenAmount CurrentBalance() => Balance;

    public bool TryGetBalance(ActorId id, out TokenAmount balance) =>
        balances.TryGetValue(id, out balance);

    public bool TryResolve(Address address, out ActorId id) =>
        address.TryGetId(out id) || addresses.TryGetValue(address, out id);

    public bool TryGetDelegatedAddress(ActorId id, out Address address)
    {
        bool exists = actors.TryGetValue(id, out (BuiltinType Type, Address? Delegated) actor);
        address = actor.Delegated.GetValueOrDefault();
        return exists && actor.Delegated is not null;
    }

    public bool TryGetCode(ActorId id, out Cid code)
    {
        bool exists = actors.TryGetValue(id, out (BuiltinType Type, Address? Delegated) actor);
        code = exists ? CodeFor(actor.Type) : default;
        return exists;
    }

    public BuiltinType BuiltinTypeOf(Cid code) =>
        Array.Find(Enum.GetValues<BuiltinType>(), type => CodeFor(type) == code);

    public Cid CodeOf(BuiltinType type) => CodeFor(type);

    public Address NextActorAddress() => Address.FromActor([(byte)Made.Count, (byte)Nonce]);

    public ErrorNumber MakeActor(ActorId id, Cid code, Address? delegatedAddress)
    {
        if (MakeError == ErrorNumber.None)
        {
            Made.Add((id, code, delegatedAddress));
            Add(id, BuiltinTypeOf(code), delegatedAddress);
        }

        return MakeError;
    }

    public ErrorNumber SelfDestruct(bool burns)
    {
        if (!burns && !Balance.IsZero)
        {
            return ErrorNumber.IllegalOperation;
        }

        _ = actors.Remove(Receiver);
        return ErrorNumber.None;
    }

    public SendResult Deliver(in SendRequest request)
    {
        Sent.Add(request);
        return Answers.TryDequeue(out SendResult answer) ? answer : default;
    }

    public int Hash(HashFunction hash, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        switch (hash)
        {
            case HashFunction.Sha2_256:
                Sha256.Hash(data, digest);
                return digest.Length;
            case HashFunction.Blake2b256 or HashFunction.Blake2b512:
                Blake2b.Hash(data, digest);
                return digest.Length;
            case HashFunction.Keccak256:
                Keccak256.Hash(data, digest);
                return digest.Length;
            default:
                Ripemd160.Hash(data, digest);
                return digest.Length;
        }
    }

    public void HashKey(ReadOnlySpan<byte> key, Span<byte> hash32) => Sha256.Hash(key, hash32);

    public bool IsSignatureValid(
        Signature signature, Address signer, ReadOnlySpan<byte> plaintext) => SignaturesAreValid;

    public bool TryRecoverSecp256k1(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, Span<byte> publicKey) =>
        Secp256k1.TryRecover(hash, signature, publicKey);

    public ErrorNumber ComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid)
    {
        cid = Cid.Of(Codec.Raw, [(byte)pieces.Count]);
        return ErrorNumber.None;
    }

    public ErrorNumber VerifyPost(WindowPostVerifyInfo post, out bool isValid)
    {
        isValid = SignaturesAreValid;
        return ErrorNumber.None;
    }

    public ErrorNumber VerifyAggregateSeals(
        AggregateSealVerifyProofAndInfos aggregate, out bool isValid)
    {
        isValid = SignaturesAreValid;
        return ErrorNumber.None;
    }

    public ErrorNumber VerifyReplicaUpdate(ReplicaUpdateInfo update, out bool isValid)
    {
        isValid = SignaturesAreValid;
        return ErrorNumber.None;
    }

    public ErrorNumber VerifySeals(ValueList<SealVerifyInfo> seals, Span<bool> areValid)
    {
        areValid.Fill(SignaturesAreValid);
        return ErrorNumber.None;
    }

    public ErrorNumber VerifyConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault)
    {
        fault = null;
        return ErrorNumber.None;
    }

    public ErrorNumber ChainRandomness(ChainEpoch epoch, Span<byte> randomness)
    {
        randomness.Fill((byte)epoch.Value);
        return epoch.Value <= Epoch.Value ? ErrorNumber.None : ErrorNumber.IllegalArgument;
    }

    public ErrorNumber BeaconRandomness(ChainEpoch epoch, Span<byte> randomness) =>
        ChainRandomness(epoch, randomness);

    public ErrorNumber EmitEvent(ReadOnlySpan<EventEntry> entries)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        Events.Add(entries.ToArray());
        return ErrorNumber.None;
    }

    public void ChargeGas(string name, long gas)
    {
    }

    public ulong GasAvailable() => 10_000_000_000;

    public long ExecutionLeft { get; set; } = 10_000_000_000_000;

    public void Pause()
    {
    }

    public void ChargeExecution(long milligas) =>
        ExecutionLeft = milligas <= ExecutionLeft
            ? ExecutionLeft - milligas
            : throw new InvalidOperationException("out of gas");
}
