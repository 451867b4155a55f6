namespace Filecoin.Actors;

/// <summary>The system actor's state.</summary>
/// <param name="BuiltinActors">Link to the list of names and code CIDs: the manifest.</param>
[CborTuple]
public readonly partial record struct SystemState(Cid BuiltinActors);
