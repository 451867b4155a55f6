namespace Filecoin.Crypto.Tests;

public sealed class Secp256k1PeerTests
{
    [Fact]
    public void Keys_signatures_and_recovery_agree_with_noble()
    {
        var random = new Random(2);
        var peers = new PeerCalls();
        var secret = new byte[32];
        var hash = new byte[32];
        var key = new byte[65];
        var signature = new byte[65];
        for (var i = 0; i < 40; i++)
        {
            random.NextBytes(secret);
            random.NextBytes(hash);
            secret[0] &= 0x7f;
            Secp256k1.PublicKey(secret, key);
            peers.Expect(Hex(key), "secpPublicKey", Hex(secret));
            Secp256k1.Sign(hash, secret, signature);
            peers.Expect(Hex(signature), "secpSign", Hex(hash), Hex(secret));

            // Another hash, and any r: whether a key exists is decided by the curve.
            random.NextBytes(hash);
            ExpectRecovery(peers, hash, signature);
            random.NextBytes(signature.AsSpan(0, 31));
            ExpectRecovery(peers, hash, signature);
        }

        peers.Compare();
    }

    private static void ExpectRecovery(PeerCalls peers, byte[] hash, byte[] signature)
    {
        var key = new byte[65];
        var isRecovered = Secp256k1.TryRecover(hash, signature, key);
        peers.Expect(isRecovered ? Hex(key) : null, "secpRecover", Hex(hash), Hex(signature));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
