using Filecoin.Crypto;

namespace Filecoin.Fuzz.Crypto;

/// <summary>Whatever the bytes, signatures and keys are refused or written back as read.</summary>
public static class SignatureTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[
            Bls.SignatureLength + Bls.PublicKeyLength + Secp256k1.SignatureLength + 32];
        input[..Math.Min(input.Length, bytes.Length)].CopyTo(bytes);
        var signature = bytes[..Bls.SignatureLength];
        var key = bytes.Slice(Bls.SignatureLength, Bls.PublicKeyLength);
        var rest = bytes[(Bls.SignatureLength + Bls.PublicKeyLength)..];

        // One point has one form.
        Span<byte> written = stackalloc byte[Bls.SignatureLength];
        if (Bls.TryAggregate([signature.ToArray()], written) && !written.SequenceEqual(signature))
        {
            throw new InvalidOperationException("a BLS signature was read from another form");
        }

        // The input is no message that its own signature and key could be of.
        if (Bls.Verify(signature, input, key))
        {
            throw new InvalidOperationException("a random BLS signature verified");
        }

        Recover(rest[32..], rest[..32]);
    }

    private static void Recover(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> hash)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        if (Secp256k1.TryRecover(hash, signature, key)
            && !Secp256k1.Verify(hash, signature, key))
        {
            throw new InvalidOperationException("a recovered secp256k1 key did not verify");
        }
    }
}
