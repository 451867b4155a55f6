namespace Filecoin.Vm;

/// <summary>State of the init actor.</summary>
/// <remarks>Spec: actors/init; ref-fvm fvm/src/init_actor.rs.</remarks>
/// <param name="Addresses">HAMT from addresses to ids.</param>
/// <param name="NextId">The id that the next new actor gets.</param>
/// <param name="NetworkName">The network's name.</param>
[CborTuple]
internal sealed partial record InitState(Cid Addresses, ulong NextId, string NetworkName);
