namespace Filecoin;

/// <summary>A round of the chain: 30 seconds on mainnet.</summary>
public readonly record struct ChainEpoch(long Value) : ICbor<ChainEpoch>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ChainEpoch value)
    {
        bool read = reader.TryReadInt64(out long number);
        value = new(number);
        return read;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteInt64(Value);

    /// <summary>The number.</summary>
    public override string ToString() => $"{Value}";
}
