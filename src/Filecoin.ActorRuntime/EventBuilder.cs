namespace Filecoin.ActorRuntime;

/// <summary>Puts an event of a built-in actor together.</summary>
/// <remarks>Spec: actors/common 10; builtin-actors runtime/src/util/events.rs.</remarks>
public sealed class EventBuilder
{
    private const ulong KeyIndexed = 1;
    private const ulong BothIndexed = 3;

    private readonly List<EventEntry> entries = [];

    /// <summary>An event of a type.</summary>
    public EventBuilder(string type) =>
        _ = Add<string, TextForm>(BothIndexed, "$type", type);

    /// <summary>Adds a value.</summary>
    public EventBuilder Field<T>(string key, T value)
        where T : ICbor<T> => Add<T, ValueForm<T>>(KeyIndexed, key, value);

    /// <summary>Adds a number.</summary>
    public EventBuilder Field(string key, ulong value) =>
        Add<ulong, UInt64Form>(KeyIndexed, key, value);

    /// <summary>Adds a number that may be negative.</summary>
    public EventBuilder Field(string key, long value) =>
        Add<long, Int64Form>(KeyIndexed, key, value);

    /// <summary>Adds a link, or null.</summary>
    public EventBuilder Field(string key, Cid? value) =>
        Add<Cid?, OptionalForm<Cid, ValueForm<Cid>>>(KeyIndexed, key, value);

    /// <summary>Adds a value by which the event is found.</summary>
    public EventBuilder Indexed<T>(string key, T value)
        where T : ICbor<T> => Add<T, ValueForm<T>>(BothIndexed, key, value);

    /// <summary>Adds a number by which the event is found.</summary>
    public EventBuilder Indexed(string key, ulong value) =>
        Add<ulong, UInt64Form>(BothIndexed, key, value);

    /// <summary>Adds a link, or null, by which the event is found.</summary>
    public EventBuilder Indexed(string key, Cid? value) =>
        Add<Cid?, OptionalForm<Cid, ValueForm<Cid>>>(BothIndexed, key, value);

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

    private EventBuilder Add<T, TForm>(ulong flags, string key, T value)
        where TForm : ICborForm<T>
    {
        CborWriter writer = new(64);
        try
        {
            TForm.Write(ref writer, value);
            entries.Add(new(flags, key, Codec.Cbor, writer.ToArray()));
        }
        finally
        {
            writer.Dispose();
        }

        return this;
    }
}
