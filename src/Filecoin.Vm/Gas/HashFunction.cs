namespace Filecoin.Vm;

/// <summary>Hash functions that actors may ask for, by multihash code.</summary>
/// <remarks>Spec: ref-fvm shared/src/crypto/hash.rs.</remarks>
public enum HashFunction : ulong
{
    /// <summary>SHA2-256.</summary>
    Sha2_256 = 0x12,

    /// <summary>Keccak-256.</summary>
    Keccak256 = 0x1b,

    /// <summary>RIPEMD-160.</summary>
    Ripemd160 = 0x1053,

    /// <summary>BLAKE2b with 32 bytes.</summary>
    Blake2b256 = 0xb220,

    /// <summary>BLAKE2b with 64 bytes.</summary>
    Blake2b512 = 0xb240,
}

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
