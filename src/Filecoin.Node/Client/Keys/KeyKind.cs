namespace Filecoin.Node;

/// <summary>What a key is for, under the names that lotus has for it.</summary>
internal enum KeyKind
{
    /// <summary>An account of Ethereum: 0x…, f410.</summary>
    Delegated,

    /// <summary>An account of Filecoin: f1.</summary>
    Secp256k1,

    /// <summary>An account of Filecoin: f3.</summary>
    Bls,
}
