namespace Filecoin;

/// <summary>Which of an actor's methods is called.</summary>
public readonly record struct MethodNumber(ulong Value) : ICbor<MethodNumber>
{
    /// <summary>Moves value and runs no code.</summary>
    public static MethodNumber Send => default;

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out MethodNumber value)
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
