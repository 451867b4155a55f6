namespace Filecoin.Crypto.Tests;

public sealed class HashPeerTests
{
    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> digest);

    [Fact]
    public void Hashes_agree_with_noble()
    {
        var random = new Random(1);
        var peers = new PeerCalls();
        for (var length = 0; length < 300; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            var digestLength = random.Next(1, 65);
            var hex = Convert.ToHexStringLower(data);
            peers.Expect(Digest(Blake2b.Hash, data, digestLength), "blake2b", hex, digestLength);
            peers.Expect(Digest(Keccak256.Hash, data, 32), "keccak256", hex);
            peers.Expect(Digest(Ripemd160.Hash, data, 20), "ripemd160", hex);
            peers.Expect(Digest(Sha256.Hash, data, 32), "sha256", hex);
        }

        peers.Compare();
    }

    private static string Digest(HashFunction hash, byte[] data, int length)
    {
        var digest = new byte[length];
        hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }
}
