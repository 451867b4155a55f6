namespace Filecoin.Evm;

/// <summary>Hash functions that the reference asks the machine for.</summary>
public enum EvmHash
{
    /// <summary>Keccak-256.</summary>
    Keccak256,

    /// <summary>SHA2-256.</summary>
    Sha256,

    /// <summary>RIPEMD-160.</summary>
    Ripemd160,
}
