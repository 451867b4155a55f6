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
    public static byte[] Prove(ReadOnlySpan<byte> randomness, ValueList<PostSector> sectors) =>
        Prove(randomness, Encode(sectors));

    /// <summary>The one proof of a window, of sectors that were encoded before.</summary>
    internal static byte[] Prove(ReadOnlySpan<byte> randomness, ReadOnlySpan<byte> sectors)
    {
        byte[] bytes = [.. randomness, .. sectors];
        if (!randomness.IsEmpty)
        {
            bytes[randomness.Length - 1] &= FieldMask;
        }

        byte[] digest = new byte[Sha256.DigestLength];
        Sha256.Hash(bytes, digest);
        return digest;
    }

    /// <summary>What a proof is bound to of its sectors.</summary>
    internal static byte[] Encode(IEnumerable<PostSector> sectors)
    {
        List<byte> bytes = [];
        foreach (PostSector sector in sectors)
        {
            bytes.AddRange(Cbor.Encode(sector));
        }

        return [.. bytes];
    }
}
