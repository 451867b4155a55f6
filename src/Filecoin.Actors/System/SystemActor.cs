namespace Filecoin.Actors;

/// <summary>The system actor, f00: it sends what the protocol itself sends.</summary>
/// <remarks>Spec: actors/system.</remarks>
public static class SystemActor
{
    /// <summary>A list of no actors: CBOR of an empty array.</summary>
    private static readonly byte[] EmptyList = [0x80];

    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.System,
        [
            ActorMethod.Of(1, nameof(Constructor), Constructor),
        ]);

    private static void Constructor(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.System);

        Cid list;
        try
        {
            list = runtime.Store.Put(Codec.DagCbor, EmptyList);
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalState($"failed to store the list of actors: {failure.Message}");
        }

        runtime.CreateState(new SystemState(list));
    }
}
