namespace Filecoin.Vm;

/// <summary>What everything but Wasm instructions costs in a network version.</summary>
/// <remarks>
/// Spec: gas-schedule; ref-fvm fvm/src/gas/price_list.rs. Each version is a change of the one
/// before, in <c>Prices/</c>; how prices become charges is in the other parts of this type.
/// </remarks>
public sealed partial record PriceList
{
    /// <summary>A message's place in a block, by its bytes: the part for time.</summary>
    public required LinearPrice ChainMessageCompute { get; init; }

    /// <summary>A message's place in a block, by its bytes: the part for storage.</summary>
    public required LinearPrice ChainMessageStorage { get; init; }

    /// <summary>Storing a message's return value, by its bytes.</summary>
    public required LinearPrice ChainReturn { get; init; }

    /// <summary>Calling an actor, whatever the call; version 17.</summary>
    public required Gas SendBase { get; init; }

    /// <summary>Moving value.</summary>
    public required Gas SendTransfer { get; init; }

    /// <summary>Moving value without calling a method, on top; version 17.</summary>
    public required Gas SendTransferOnly { get; init; }

    /// <summary>Calling a method.</summary>
    public required Gas SendInvoke { get; init; }

    /// <summary>Looking up an actor for the first time in a message.</summary>
    public required Gas ActorLookup { get; init; }

    /// <summary>Writing an actor for the first time in a message.</summary>
    public required Gas ActorUpdate { get; init; }

    /// <summary>Storing a new actor.</summary>
    public required Gas ActorCreate { get; init; }

    /// <summary>Deleting an actor; below zero in version 17.</summary>
    public required Gas ActorDelete { get; init; }

    /// <summary>Giving an address to an actor made by a send.</summary>
    public required Gas AddressAssignment { get; init; }

    /// <summary>Looking for the address of an actor made by a send.</summary>
    public required Gas AddressLookup { get; init; }

    /// <summary>Copying a byte of a block.</summary>
    public required Gas BlockCopyPerByte { get; init; }

    /// <summary>Allocating a byte of a block.</summary>
    public required Gas BlockAllocatePerByte { get; init; }

    /// <summary>The least that a byte costs that is kept in memory.</summary>
    public required Gas BlockRetentionPerByte { get; init; }

    /// <summary>Reading a block from the store.</summary>
    public required Gas BlockOpen { get; init; }

    /// <summary>Hashing a block that is linked, by its bytes.</summary>
    public required LinearPrice BlockHashing { get; init; }

    /// <summary>Storing a block, by its bytes.</summary>
    public required LinearPrice BlockStorage { get; init; }

    /// <summary>Writing a stored block out at the end.</summary>
    public required Gas BlockFlush { get; init; }

    /// <summary>Reading a field of a block that is scanned for links.</summary>
    public required Gas ScanField { get; init; }

    /// <summary>Reading a link of a block that is scanned for links.</summary>
    public required Gas ScanLink { get; init; }

    /// <summary>Remembering that a link is reachable.</summary>
    public required Gas LinkTracked { get; init; }

    /// <summary>Checking that a link is reachable.</summary>
    public required Gas LinkChecked { get; init; }

    /// <summary>Every syscall.</summary>
    public required Gas Syscall { get; init; }

    /// <summary>Hashing, by bytes.</summary>
    public required HashPrices Hashing { get; init; }

    /// <summary>
    /// Randomness: by bytes hashed up to version 20, by epochs looked back since.
    /// </summary>
    public required LinearPrice Randomness { get; init; }

    /// <summary>The CID of the tipset before; up to version 20.</summary>
    public required Gas TipsetCidLast { get; init; }

    /// <summary>A tipset's CID, by epochs looked back.</summary>
    public required LinearPrice TipsetCid { get; init; }

    /// <summary>Verifying a secp256k1 signature, by bytes signed.</summary>
    public required LinearPrice VerifySecp256k1 { get; init; }

    /// <summary>Verifying a BLS signature, by bytes signed.</summary>
    public required LinearPrice VerifyBls { get; init; }

    /// <summary>A pairing of an aggregate BLS signature.</summary>
    public required Gas BlsPairing { get; init; }

    /// <summary>Hashing a byte signed by an aggregate BLS signature.</summary>
    public required Gas BlsHashingPerByte { get; init; }

    /// <summary>Recovering a secp256k1 key.</summary>
    public required Gas RecoverSecp256k1 { get; init; }

    /// <summary>Computing an unsealed sector's CID.</summary>
    public required Gas UnsealedSectorCid { get; init; }

    /// <summary>Verifying a seal.</summary>
    public required Gas VerifySeal { get; init; }

    /// <summary>Verifying one of a batch of seals.</summary>
    public required Gas VerifySealInBatch { get; init; }

    /// <summary>Verifying an aggregate of seals.</summary>
    public required AggregatePrices VerifyAggregateSeals { get; init; }

    /// <summary>Verifying a window PoSt, by challenged sectors.</summary>
    public required LinearPrice VerifyPost { get; init; }

    /// <summary>Verifying a replica update.</summary>
    public required Gas VerifyReplicaUpdate { get; init; }

    /// <summary>Verifying a consensus fault.</summary>
    public required Gas VerifyConsensusFault { get; init; }

    /// <summary>Checking an event: by bytes up to version 20, by entries since.</summary>
    public required LinearPrice EventValidate { get; init; }

    /// <summary>Checking that text is UTF-8, by bytes.</summary>
    public required LinearPrice Utf8 { get; init; }

    /// <summary>A page of an instance's first memory.</summary>
    public required Gas MemoryInitPerPage { get; init; }

    /// <summary>An element of an instance's first table.</summary>
    public required Gas TableInitPerElement { get; init; }

    /// <summary>The prices of a network version.</summary>
    public static PriceList For(NetworkVersion version) => version switch
    {
        NetworkVersion.V17 => Nv17Shark.Prices,
        NetworkVersion.V18 or NetworkVersion.V19 or NetworkVersion.V20 => Nv18Hygge.Prices,
        NetworkVersion.V21 or NetworkVersion.V22 or NetworkVersion.V23 or NetworkVersion.V24 =>
            Nv21Watermelon.Prices,
        NetworkVersion.V25 or NetworkVersion.V26 or NetworkVersion.V27 or NetworkVersion.V28 =>
            Nv25Teep.Prices,
    };
}
