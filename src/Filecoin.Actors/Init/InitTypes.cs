namespace Filecoin.Actors.Init;

/// <summary>What the init actor is made with.</summary>
[CborTuple]
public sealed partial record ConstructorParams(string NetworkName);

/// <summary>An actor to be made.</summary>
/// <param name="CodeCid">Its code.</param>
/// <param name="ConstructorParams">CBOR for its constructor; empty for none.</param>
[CborTuple]
public sealed partial record ExecParams(Cid CodeCid, ReadOnlyMemory<byte> ConstructorParams);

/// <summary>The addresses of an actor that was made.</summary>
[CborTuple]
public sealed partial record ExecReturn(Address IdAddress, Address RobustAddress);

/// <summary>An actor to be made at an address in the caller's namespace.</summary>
/// <param name="CodeCid">Its code.</param>
/// <param name="ConstructorParams">CBOR for its constructor; empty for none.</param>
/// <param name="Subaddress">The address behind the namespace, up to 54 bytes.</param>
[CborTuple]
public sealed partial record Exec4Params(
    Cid CodeCid, ReadOnlyMemory<byte> ConstructorParams, ReadOnlyMemory<byte> Subaddress);
