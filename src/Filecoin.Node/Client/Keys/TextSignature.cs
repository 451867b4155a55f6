using System.Text;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Signatures of texts and bytes, as wallets make them.</summary>
/// <remarks>
/// Spec: EIP-191 for keys of Ethereum, whose signature is r, s and 27 or 28; lotus lib/sigs for
/// f1 and f3, where the kind comes first.
/// </remarks>
internal static class TextSignature
{
    private const byte FirstRecovery = 27;
    private static readonly SignatureVerifier Verifier = new();

    /// <summary>Signs.</summary>
    public static byte[] Sign(WalletKey key, ReadOnlySpan<byte> data)
    {
        if (key.Type != SignatureType.Delegated)
        {
            Signature signed = key.Sign(data);
            return [(byte)signed.Type, .. signed.Data.Span];
        }

        byte[] signature = key.Sign(Personal(data)).Data.ToArray();
        signature[^1] += FirstRecovery;
        return signature;
    }

    /// <summary>Whether a signature is that of an address' key.</summary>
    public static bool Verify(Address signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.IsEmpty)
        {
            return false;
        }

        if (signer.Protocol != Protocol.Delegated)
        {
            SignatureType type = (SignatureType)signature[0];
            return type is SignatureType.Secp256k1 or SignatureType.Bls
                && Verifier.VerifySignature(type, signature[1..], signer, data) == Verdict.Valid;
        }

        byte[] plain = signature.ToArray();
        plain[^1] -= plain[^1] >= FirstRecovery ? FirstRecovery : (byte)0;
        return WalletKey.VerifyDelegated(signer, Personal(data), plain);
    }

    private static byte[] Personal(ReadOnlySpan<byte> data) =>
    [
        .. "\x19"u8, .. "Ethereum Signed Message:\n"u8,
        .. Encoding.ASCII.GetBytes($"{data.Length}"), .. data,
    ];
}
