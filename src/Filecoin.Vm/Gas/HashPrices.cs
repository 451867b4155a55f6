namespace Filecoin.Vm;

/// <summary>A price for each hash function.</summary>
public sealed record HashPrices(
    LinearPrice Sha2_256,
    LinearPrice Keccak256,
    LinearPrice Ripemd160,
    LinearPrice Blake2b256,
    LinearPrice Blake2b512)
{
    /// <summary>The price of one of them.</summary>
    public LinearPrice this[HashFunction function] => function switch
    {
        HashFunction.Sha2_256 => Sha2_256,
        HashFunction.Keccak256 => Keccak256,
        HashFunction.Ripemd160 => Ripemd160,
        HashFunction.Blake2b256 => Blake2b256,
        HashFunction.Blake2b512 => Blake2b512,
    };
}
