namespace Filecoin.Vm;

/// <content>Charges for cryptography, proofs and the chain.</content>
public sealed partial record PriceList
{
    /// <summary>The charge's name for randomness of the chain and the beacon.</summary>
    private const string GetRandomness = "OnGetRandomness";

    private const ulong RandomnessOverheadBytes = 48;

    /// <summary>Hashing.</summary>
    public GasCharge OnHashing(HashFunction function, int sizeBytes) =>
        new("OnHashing", Hashing[function].Apply(sizeBytes), Gas.Zero);

    /// <summary>Verifying a signature.</summary>
    /// <param name="price">The price of its kind.</param>
    /// <param name="sizeBytes">Bytes signed.</param>
    public static GasCharge OnVerifySignature(LinearPrice price, int sizeBytes) =>
        new("OnVerifySignature", price.Apply(sizeBytes), Gas.Zero);

    /// <summary>Verifying an aggregate BLS signature.</summary>
    public GasCharge OnVerifyBlsAggregate(uint signers, uint sizeBytes) => new(
        "OnVerifyBlsAggregateSignature",
        (BlsPairing * ((ulong)signers + 1)) + (BlsHashingPerByte * (ulong)sizeBytes),
        Gas.Zero);

    /// <summary>Recovering a secp256k1 key.</summary>
    public GasCharge OnRecoverSecp256k1() =>
        new("OnRecoverSecpPublicKey", RecoverSecp256k1, Gas.Zero);

    /// <summary>Computing an unsealed sector's CID.</summary>
    public GasCharge OnUnsealedSectorCid() =>
        new("OnComputeUnsealedSectorCid", UnsealedSectorCid, Gas.Zero);

    /// <summary>Verifying a seal alone.</summary>
    public GasCharge OnVerifySeal() => new("OnVerifySeal", VerifySeal, Gas.Zero);

    /// <summary>Verifying one seal of a batch.</summary>
    public GasCharge OnVerifySealInBatch() => new("OnVerifySeal", VerifySealInBatch, Gas.Zero);

    /// <summary>Verifying an aggregate of seals.</summary>
    public GasCharge OnVerifyAggregateSeals(long sealProof, int seals) => new(
        "OnVerifyAggregateSeals", VerifyAggregateSeals.For(sealProof).Of(seals), Gas.Zero);

    /// <summary>Verifying a window PoSt.</summary>
    public GasCharge OnVerifyPost(int challengedSectors) =>
        new("OnVerifyPost", VerifyPost.Apply(challengedSectors), Gas.Zero);

    /// <summary>Verifying a replica update.</summary>
    public GasCharge OnVerifyReplicaUpdate() =>
        new("OnVerifyReplicaUpdate", VerifyReplicaUpdate, Gas.Zero);

    /// <summary>Verifying a consensus fault.</summary>
    public GasCharge OnVerifyConsensusFault() =>
        new("OnVerifyConsensusFault", Gas.Zero, VerifyConsensusFault);

    /// <summary>Randomness mixed with so many bytes of entropy; up to version 20.</summary>
    public GasCharge OnGetRandomnessMixed(int entropyBytes) => new(
        GetRandomness, Randomness.Apply((ulong)entropyBytes + RandomnessOverheadBytes), Gas.Zero);

    /// <summary>Randomness of an epoch so far back; since version 21.</summary>
    /// <remarks>
    /// Quirk: an epoch in the future counts as a number without sign, which nobody can pay.
    /// </remarks>
    public GasCharge OnGetRandomness(long lookback) =>
        new(GetRandomness, Gas.Zero, Randomness.Apply(unchecked((ulong)lookback)));

    /// <summary>A tipset's CID.</summary>
    public GasCharge OnTipsetCid(long lookback) => new(
        "OnTipsetCid",
        Gas.Zero,
        lookback == 1 && TipsetCidLast > Gas.Zero
            ? TipsetCidLast
            : TipsetCid.Apply((ulong)lookback));
}
