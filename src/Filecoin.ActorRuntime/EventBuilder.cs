namespace Filecoin.ActorRuntime;

/// <summary>Puts an event of a built-in actor together.</summary>
/// <remarks>Spec: actors/common 10; builtin-actors runtime/src/util/events.rs.</remarks>
public sealed class EventBuilder
{
    private const ulong KeyIndexed = 1;
    private const ulong BothIndexed = 3;

    private readonly List<EventEntry> entries = [];

    /// <summary>An event of a type.</summary>
    public EventBuilder(string type)
    {
        CborWriter writer = new(16);
        try
        {
            writer.WriteText(type);
            entries.Add(new(BothIndexed, "$type", Codec.Cbor, writer.ToArray()));
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Adds a value.</summary>
    public EventBuilder Field<T>(string key, T value)
        where T : ICbor<T> => Add(KeyIndexed, key, Cbor.Encode(value));

    /// <summary>Adds a value by which the event is found.</summary>
    public EventBuilder Indexed<T>(string key, T value)
        where T : ICbor<T> => Add(BothIndexed, key, Cbor.Encode(value));

    /// <summary>Emits the event.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ASSERTION_FAILED, it is not accepted; read-only calls accept none.
    /// </exception>
    public void Emit(IRuntime runtime)
    {
        ErrorNumber error = runtime.EmitEvent(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
        if (error != ErrorNumber.None)
        {
            throw Abort.AssertionFailed($"failed to emit event: {error}");
        }
    }

    private EventBuilder Add(ulong flags, string key, byte[] value)
    {
        entries.Add(new(flags, key, Codec.Cbor, value));
        return this;
    }
}
