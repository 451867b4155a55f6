namespace Filecoin;

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
