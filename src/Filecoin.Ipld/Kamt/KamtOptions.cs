namespace Filecoin.Ipld;

/// <summary>What a KAMT block does not say and whoever opens it must know.</summary>
/// <param name="BitWidth">Bits of a key used per level, 1 to 8.</param>
/// <param name="BucketSize">Entries in one bucket at most.</param>
/// <param name="DataDepthMin">Levels below the root that hold no entries.</param>
public readonly record struct KamtOptions(int BitWidth, int BucketSize, int DataDepthMin = 0)
{
    /// <summary>The storage of a contract.</summary>
    /// <remarks>Spec: hamt-amt-kamt 4.1; builtin-actors actors/evm.</remarks>
    public static KamtOptions ContractStorage { get; } = new(5, 1);
}
