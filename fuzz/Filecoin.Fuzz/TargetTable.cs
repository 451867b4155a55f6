using Filecoin.Fuzz.Crypto;
using Filecoin.Fuzz.Driving;
using Filecoin.Fuzz.Ipld;
using Filecoin.Fuzz.Primitives;
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
        new("car", CarTarget.Run, CarTarget.Seeds),
        new("hamt", HamtTarget.Run, HamtTarget.Seeds),
        new("amt", AmtTarget.Run, AmtTarget.Seeds),
        new("address-bytes", AddressTargets.Bytes, AddressTargets.Seeds),
        new("address-text", AddressTargets.Text, AddressTargets.Texts),
        new("amount-cbor", TokenAmountTargets.Bytes, TokenAmountTargets.Seeds),
        new("amount-text", TokenAmountTargets.Text, TokenAmountTargets.Texts),
        new("tuples", TupleTarget.Run, TupleTarget.Seeds),
        new("signatures", SignatureTarget.Run, SignatureTarget.Seeds),
        new("wasm-module", ModuleTarget.Run, () => SeedModules.All),
        new("wasm-rewritten", RewrittenTarget.Run, () => SeedModules.All),
    ];
}
