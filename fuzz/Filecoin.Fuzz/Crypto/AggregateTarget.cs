using Filecoin.Crypto;

namespace Filecoin.Fuzz.Crypto;

/// <summary>Aggregates of BLS signatures over any keys and messages, of any lengths.</summary>
public static class AggregateTarget
{
    private const int SignersMax = 4;

    public static IEnumerable<byte[]> Seeds()
    {
        for (int signers = 1; signers <= SignersMax; signers++)
        {
            List<byte> input = [(byte)signers];
            ReadOnlyMemory<byte>[] signatures = new ReadOnlyMemory<byte>[signers];
            for (int i = 0; i < signers; i++)
            {
                byte[] secret = [(byte)(i + 1), .. new byte[Bls.SecretKeyLength - 1]];
                byte[] key = new byte[Bls.PublicKeyLength];
                Bls.PublicKey(secret, key);
                input.AddRange(key);
                byte[] signature = new byte[Bls.SignatureLength];
                Bls.Sign(secret, key.AsSpan(0, 8), signature);
                signatures[i] = signature;
            }

            byte[] aggregate = new byte[Bls.SignatureLength];
            Bls.TryAggregate(signatures, aggregate);
            yield return [.. input, .. aggregate];
        }
    }

    /// <summary>Each key has signed its own first bytes.</summary>
    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        int signers = bytes.Length == 0 ? 0 : bytes[0] % (SignersMax + 1);
        List<ReadOnlyMemory<byte>> keys = [];
        List<ReadOnlyMemory<byte>> messages = [];
        int at = Math.Min(1, bytes.Length);
        for (int i = 0; i < signers; i++)
        {
            int length = Math.Min(Bls.PublicKeyLength, bytes.Length - at);
            keys.Add(bytes.AsMemory(at, length));
            messages.Add(bytes.AsMemory(at, Math.Min(8, length)));
            at += length;
        }

        byte[] signature = bytes[at..];
        bool isValid = Bls.VerifyAggregate(signature, keys.ToArray(), messages.ToArray());
        if (!isValid)
        {
            return Outcome.Refused($"not by these {signers}");
        }

        Claim.Holds(signature.Length == Bls.SignatureLength, "a signature of another length");
        signature[^1] ^= 1;
        Claim.Holds(
            !Bls.VerifyAggregate(signature, keys.ToArray(), messages.ToArray()),
            "another signature is valid as well");
        return Outcome.Accepted($"signed by {signers}");
    }
}
