namespace Filecoin;

/// <summary>An actor's number in the state.</summary>
public readonly record struct ActorId(ulong Value) : ICbor<ActorId>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ActorId value)
    {
        bool read = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return read;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);

    /// <summary>The number.</summary>
    public override string ToString() => $"{Value}";
}
