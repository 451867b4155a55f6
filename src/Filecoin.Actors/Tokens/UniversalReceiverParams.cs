namespace Filecoin.Actors.Tokens;

/// <summary>What an actor is told when it is given tokens.</summary>
/// <param name="Type">Which kind of token: the number of the standard's name.</param>
/// <param name="Payload">What the kind says about it, CBOR.</param>
/// <remarks>Spec: actors/common 5.3; FRC-0046; actors-utils fvm_actor_utils/src/receiver.</remarks>
[CborTuple]
public sealed partial record UniversalReceiverParams(uint Type, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Number of the method that takes it, Receive.</summary>
    public static MethodNumber Method { get; } = MethodNumber.Exported("Receive");
}
