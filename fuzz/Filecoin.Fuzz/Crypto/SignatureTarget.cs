using Filecoin.Crypto;

namespace Filecoin.Fuzz.Crypto;

/// <summary>Whatever the bytes, signatures and keys are refused or written back as read.</summary>
public static class SignatureTarget
{
    public static IEnumerable<byte[]> Seeds()
    {
        byte[] secret = [.. new byte[31], 7];
        byte[] bls = new byte[Bls.SignatureLength + Bls.PublicKeyLength];
        Bls.Sign(secret, "another message"u8, bls.AsSpan(0, Bls.SignatureLength));
        Bls.PublicKey(secret, bls.AsSpan(Bls.SignatureLength));
        byte[] signed = new byte[32 + Secp256k1.SignatureLength];
        secret.CopyTo(signed, 0);
        Secp256k1.Sign(signed.AsSpan(0, 32), secret, signed.AsSpan(32));
        yield return [.. bls, .. signed];
        byte[] infinity = new byte[Bls.SignatureLength + Bls.PublicKeyLength];
        (infinity[0], infinity[Bls.SignatureLength]) = (0xc0, 0xc0);
        yield return [.. infinity, .. signed];
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[
            Bls.SignatureLength + Bls.PublicKeyLength + Secp256k1.SignatureLength + 32];
        input[..Math.Min(input.Length, bytes.Length)].CopyTo(bytes);
        var signature = bytes[..Bls.SignatureLength];
        var key = bytes.Slice(Bls.SignatureLength, Bls.PublicKeyLength);
        var rest = bytes[(Bls.SignatureLength + Bls.PublicKeyLength)..];

        // One point has one form.
        Span<byte> written = stackalloc byte[Bls.SignatureLength];
        bool isPoint = Bls.TryAggregate([signature.ToArray()], written);
        if (isPoint && !written.SequenceEqual(signature))
        {
            throw new InvalidOperationException("a BLS signature was read from another form");
        }

        // The input is no message that its own signature and key could be of.
        if (Bls.Verify(signature, input, key))
        {
            throw new InvalidOperationException("a random BLS signature verified");
        }

        bool isRecovered = TryRecover(rest[32..], rest[..32]);
        string line = $"BLS {isPoint} secp256k1 {isRecovered}";
        return isPoint || isRecovered ? Outcome.Accepted(line) : Outcome.Refused(line);
    }

    private static bool TryRecover(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> hash)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        bool isRecovered = Secp256k1.TryRecover(hash, signature, key);
        if (isRecovered && !Secp256k1.Verify(hash, signature, key))
        {
            throw new InvalidOperationException("a recovered secp256k1 key did not verify");
        }

        return isRecovered;
    }
}
