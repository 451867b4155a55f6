namespace Filecoin.ActorRuntime;

/// <summary>What a built-in actor may ask of the machine during one invocation.</summary>
/// <remarks>
/// Spec: actors/common 5 to 8; builtin-actors runtime/src/runtime/fvm.rs; ref-fvm sdk/src.
/// Members are host calls as the actors' SDK makes them, and pay for them: what the machine holds
/// of the message and of the network is fetched once. What actors build on them, as state
/// transactions, is in <see cref="StateAccess"/>, <see cref="CallerValidation"/>,
/// <see cref="Sending"/>, <see cref="ActorLife"/> and <see cref="RandomnessDrawing"/>.
/// Errors: a member that cannot fail in a valid actor ends it with USR_ASSERTION_FAILED, as the
/// reference panics. Running out of gas is the machine's exception, which actors let through.
/// </remarks>
public interface IRuntime : IKeyHasher
{
    /// <summary>Limits and periods of the network.</summary>
    Policy Policy { get; }

    /// <summary>Whether the method has validated its caller.</summary>
    bool IsCallerValidated { get; set; }

    /// <summary>Whether state is being changed, so that nobody may be called.</summary>
    bool IsInTransaction { get; set; }

    /// <summary>Who calls.</summary>
    ActorId Caller { get; }

    /// <summary>Who sent the message.</summary>
    ActorId Origin { get; }

    /// <summary>This actor.</summary>
    ActorId Receiver { get; }

    /// <summary>The method called.</summary>
    MethodNumber Method { get; }

    /// <summary>The message's nonce.</summary>
    ulong Nonce { get; }

    /// <summary>What was given with the call; the balance has it already.</summary>
    TokenAmount ValueReceived { get; }

    /// <summary>What the miner gets for a unit of gas.</summary>
    TokenAmount GasPremium { get; }

    /// <summary>Whether nothing may change.</summary>
    bool IsReadOnly { get; }

    /// <summary>The epoch.</summary>
    ChainEpoch Epoch { get; }

    /// <summary>The network version.</summary>
    NetworkVersion NetworkVersion { get; }

    /// <summary>The chain's number.</summary>
    ulong ChainId { get; }

    /// <summary>The epoch's time in seconds since 1970.</summary>
    ulong Timestamp { get; }

    /// <summary>What a unit of gas burns.</summary>
    TokenAmount BaseFee { get; }

    /// <summary>
    /// Blocks that the actor can reach. Errors: <see cref="IpldException"/>, a block cannot be
    /// reached, or one cannot be made.
    /// </summary>
    IBlockstore Store { get; }

    /// <summary>FIL in circulation at the beginning of the epoch.</summary>
    TokenAmount CirculatingSupply();

    /// <summary>
    /// An earlier tipset's CID. Errors: IllegalArgument, no epoch before this one.
    /// </summary>
    ErrorNumber TipsetCid(ChainEpoch epoch, out Cid tipset);

    /// <summary>
    /// The root of the own state. Errors: IllegalOperation, the actor is deleted.
    /// </summary>
    ErrorNumber StateRoot(out Cid root);

    /// <summary>
    /// Sets the root of the own state. Errors: ReadOnly. IllegalOperation, deleted.
    /// </summary>
    ErrorNumber SetStateRoot(Cid root);

    /// <summary>The own balance.</summary>
    TokenAmount CurrentBalance();

    /// <summary>An actor's balance; false if there is none.</summary>
    bool TryGetBalance(ActorId id, out TokenAmount balance);

    /// <summary>The id of an address; an id has itself, whether the actor exists or not.</summary>
    bool TryResolve(Address address, out ActorId id);

    /// <summary>
    /// The delegated address of an actor; false if it has none or does not exist.
    /// </summary>
    bool TryGetDelegatedAddress(ActorId id, out Address address);

    /// <summary>The code of an actor; false if there is none.</summary>
    bool TryGetCode(ActorId id, out Cid code);

    /// <summary>Which built-in actor a code is; None if it is no such.</summary>
    BuiltinType BuiltinTypeOf(Cid code);

    /// <summary>The code of a built-in actor.</summary>
    Cid CodeOf(BuiltinType type);

    /// <summary>The f2 address that the next new actor gets.</summary>
    Address NextActorAddress();

    /// <summary>
    /// Makes an actor without state. Errors: IllegalArgument. Forbidden. ReadOnly.
    /// </summary>
    ErrorNumber MakeActor(ActorId id, Cid code, Address? delegatedAddress);

    /// <summary>Deletes this actor. Errors: IllegalOperation, it has funds. ReadOnly.</summary>
    ErrorNumber SelfDestruct(bool burns);

    /// <summary>Calls an actor; also in a transaction.</summary>
    SendResult Deliver(in SendRequest request);

    /// <summary>Hashes data and gives the digest's length.</summary>
    int Hash(HashFunction hash, ReadOnlySpan<byte> data, Span<byte> digest);

    /// <summary>Whether a signature by an f1 or f3 address is valid.</summary>
    bool IsSignatureValid(Signature signature, Address signer, ReadOnlySpan<byte> plaintext);

    /// <summary>The uncompressed key, 65 bytes, that made a signature of a hash.</summary>
    bool TryRecoverSecp256k1(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, Span<byte> publicKey);

    /// <summary>The commitment to a sector's data. Errors: IllegalArgument.</summary>
    ErrorNumber ComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid);

    /// <summary>Checks a window PoSt. Errors: IllegalArgument, it cannot be checked.</summary>
    ErrorNumber VerifyPost(WindowPostVerifyInfo post, out bool isValid);

    /// <summary>
    /// Checks an aggregate of seals. Errors: IllegalArgument, it cannot be checked.
    /// </summary>
    ErrorNumber VerifyAggregateSeals(
        AggregateSealVerifyProofAndInfos aggregate, out bool isValid);

    /// <summary>Checks a replica update. Errors: IllegalArgument, it cannot be checked.</summary>
    ErrorNumber VerifyReplicaUpdate(ReplicaUpdateInfo update, out bool isValid);

    /// <summary>Checks seals one by one.</summary>
    ErrorNumber VerifySeals(ValueList<SealVerifyInfo> seals, Span<bool> areValid);

    /// <summary>
    /// Looks for a consensus fault; null if there is none. Errors: IllegalArgument.
    /// </summary>
    ErrorNumber VerifyConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault);

    /// <summary>An epoch's randomness from tickets, as it is. Errors: IllegalArgument.</summary>
    ErrorNumber ChainRandomness(ChainEpoch epoch, Span<byte> randomness);

    /// <summary>An epoch's randomness from the beacon, as it is. Errors: IllegalArgument.</summary>
    ErrorNumber BeaconRandomness(ChainEpoch epoch, Span<byte> randomness);

    /// <summary>Emits an event. Errors: ReadOnly. LimitExceeded. IllegalArgument.</summary>
    ErrorNumber EmitEvent(ReadOnlySpan<EventEntry> entries);

    /// <summary>Charges whole gas under a name that traces show.</summary>
    void ChargeGas(string name, long gas);

    /// <summary>Whole gas that is left.</summary>
    ulong GasAvailable();

    /// <summary>Who looks on while code is interpreted; null for nobody.</summary>
    IInstructionObserver? Observer => null;

    /// <summary>Counts steps of a long loop, for an estimate of what they cost as Wasm.</summary>
    void CountSteps(long steps)
    {
    }

    /// <summary>
    /// Takes down units of work by an actor's own kinds, where somebody asks; else null.
    /// </summary>
    Action<int, long>? WorkCounter => null;

    /// <summary>
    /// Milligas that an actor may still pay for work that it counts itself; no host call.
    /// </summary>
    long ExecutionLeft { get; }

    /// <summary>
    /// Called now and then by work that takes long without a host call: whoever runs the machine
    /// may hold it up, or end it.
    /// </summary>
    void Pause();

    /// <summary>Pays for work that an actor counts itself; no host call.</summary>
    /// <param name="milligas">More than there is ends the actor as one without gas.</param>
    void ChargeExecution(long milligas);
}
