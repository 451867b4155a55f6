namespace Filecoin;

/// <summary>One entry of an event.</summary>
/// <param name="Flags">Bit 0: the key is indexed; bit 1: the value is.</param>
/// <param name="Key">Its name.</param>
/// <param name="Codec">How the value is encoded.</param>
/// <param name="Value">The value.</param>
[CborTuple]
public readonly partial record struct EventEntry(
    ulong Flags, string Key, ulong Codec, ReadOnlyMemory<byte> Value);

/// <summary>An event with the actor that emitted it.</summary>
/// <remarks>Spec: message-execution 10; FIP-0049.</remarks>
[CborTuple]
public sealed partial record StampedEvent(ActorId Emitter, ValueList<EventEntry> Entries);
