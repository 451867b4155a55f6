using Filecoin.Crypto;

namespace Filecoin.Chain;

/// <summary>What stands for a window PoSt on a developer network.</summary>
/// <remarks>
/// Spec: storage-devnet 2.3; builtin-actors runtime/src/runtime/fvm.rs, feature fake-proofs.
/// </remarks>
public static class SimulatedWindowPost
{
    private const byte FieldMask = 0x3f;

    /// <summary>The one proof of a window.</summary>
    /// <param name="randomness">The challenge, 32 bytes.</param>
    /// <param name="sectors">The sectors challenged, in order.</param>
    public static byte[] Prove(ReadOnlySpan<byte> randomness, ValueList<PostSector> sectors)
    {
        List<byte> bytes = [.. randomness];
        if (bytes.Count > 0)
        {
            bytes[^1] &= FieldMask;
        }

        foreach (PostSector sector in sectors)
        {
            bytes.AddRange(Cbor.Encode(sector));
        }

        byte[] digest = new byte[Sha256.DigestLength];
        Sha256.Hash(bytes.ToArray(), digest);
        return digest;
    }
}
