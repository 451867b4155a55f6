namespace Filecoin;

/// <summary>The kinds of addresses, f0 to f4.</summary>
public enum Protocol : byte
{
    /// <summary>f0: an actor's number.</summary>
    Id = 0,

    /// <summary>f1: the hash of a secp256k1 key.</summary>
    Secp256k1 = 1,

    /// <summary>f2: the hash of what made an actor.</summary>
    Actor = 2,

    /// <summary>f3: a BLS key.</summary>
    Bls = 3,

    /// <summary>f4: an address in the namespace of an actor.</summary>
    Delegated = 4,
}
