namespace Filecoin;

/// <summary>Kinds of signatures.</summary>
public enum SignatureType : byte
{
    /// <summary>secp256k1 over the BLAKE2b hash of the CID.</summary>
    Secp256k1 = 1,

    /// <summary>BLS12-381 over the CID.</summary>
    Bls = 2,

    /// <summary>An Ethereum transaction, signed as such.</summary>
    Delegated = 3,
}
