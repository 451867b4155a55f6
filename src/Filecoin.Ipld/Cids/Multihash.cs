namespace Filecoin.Ipld;

/// <summary>Multihash numbers of the hash functions found in Filecoin CIDs.</summary>
public static class Multihash
{
    /// <summary>The digest is the data itself.</summary>
    public const ulong Identity = 0x00;

    /// <summary>SHA2-256; the parent link of the genesis block.</summary>
    public const ulong Sha2_256 = 0x12;

    /// <summary>SHA2-256 over a binary tree of field elements (piece CIDs, second form).</summary>
    public const ulong Fr32Sha256Trunc254PadBinaryTree = 0x1011;

    /// <summary>SHA2-256 cut to 254 bits; goes with unsealed commitments.</summary>
    public const ulong Sha2_256Trunc254Padded = 0x1012;

    /// <summary>BLAKE2b with 32 bytes of output; all state and chain objects.</summary>
    public const ulong Blake2b256 = 0xb220;

    /// <summary>Poseidon over BLS12-381, arity 2; goes with sealed commitments.</summary>
    public const ulong PoseidonBls12381A2Fc1 = 0xb401;
}
