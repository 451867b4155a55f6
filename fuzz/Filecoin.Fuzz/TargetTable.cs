using Filecoin.Fuzz.Chain;
using Filecoin.Fuzz.Crypto;
using Filecoin.Fuzz.Driving;
using Filecoin.Fuzz.Evm;
using Filecoin.Fuzz.Ipld;
using Filecoin.Fuzz.Node;
using Filecoin.Fuzz.Primitives;
using Filecoin.Fuzz.Rpc;
using Filecoin.Fuzz.Vm;
using Filecoin.Fuzz.Wasm;

namespace Filecoin.Fuzz;

/// <summary>Every decoder that meets bytes from outside.</summary>
public static class TargetTable
{
    public static readonly FuzzTarget[] All =
    [
        new("cid-bytes", CidTargets.Bytes, CidTargets.Seeds),
        new("cid-text", CidTargets.Text, CidTargets.Texts),
        new("cbor", CborTarget.Run, CborTarget.Seeds),
        new("cbor-lenient", LenientTarget.Run, LenientTarget.Seeds),
        new("cbor-links", LinkTarget.Run, LinkTarget.Seeds),
        new("car", CarTarget.Run, CarTarget.Seeds),
        new("hamt", HamtTarget.Run, HamtTarget.Seeds),
        new("amt", AmtTarget.Run, AmtTarget.Seeds),
        new("kamt", KamtTarget.Run, KamtTarget.Seeds),
        new("bitfield", BitFieldTarget.Run, BitFieldTarget.Seeds),
        new("address-bytes", AddressTargets.Bytes, AddressTargets.Seeds),
        new("address-text", AddressTargets.Text, AddressTargets.Texts),
        new("amount-cbor", TokenAmountTargets.Bytes, TokenAmountTargets.Seeds),
        new("amount-text", TokenAmountTargets.Text, TokenAmountTargets.Texts),
        new("tuples", TupleTarget.Run, TupleTarget.Seeds),
        new("ethereum-transaction", EthereumTransactionTarget.Run, EthereumTransactionTarget.Seeds),
        new("signatures", SignatureTarget.Run, SignatureTarget.Seeds),
        new("bls-aggregate", AggregateTarget.Run, AggregateTarget.Seeds),
        new("header", ChainTargets.Header, ChainTargets.Headers),
        new("block", ChainTargets.Block, ChainTargets.Blocks),
        new("tipset-key", ChainTargets.Key, ChainTargets.Keys),
        new("message-lists", ChainTargets.Lists, ChainTargets.ListSeeds),
        new("snapshot", SnapshotTarget.Run, SnapshotTarget.Seeds),
        new("wasm-module", ModuleTarget.Run, () => SeedModules.All),
        new("wasm-rewritten", RewrittenTarget.Run, () => SeedModules.All),
        new("actor-program", ActorTargets.Program, ActorTargets.Programs),
        new("actor-module", ActorTargets.Module, ActorTargets.Modules),
        new("evm", EvmTarget.Run, EvmTarget.Seeds),
        new("state", StateTargets.State, StateTargets.States),
        new("manifest", StateTargets.Manifest, StateTargets.Manifests),
        new("inspector", InspectorTarget.Run, InspectorTarget.Seeds),
        new("genesis", GenesisTarget.Run, GenesisTarget.Seeds),
        new("rpc-request", RpcTargets.Request, RpcTargets.Requests),
        new("rpc-conversation", RpcTargets.Conversation, RpcTargets.Conversations),
        new("state-dump", RpcTargets.Dump, RpcTargets.Dumps),
        new("sequence", SequenceTarget.Run, SequenceTarget.Seeds),
        new("bundle", BundleTarget.Run, BundleTarget.Seeds),
    ];
}
