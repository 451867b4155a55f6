using Filecoin.Crypto;

namespace Filecoin.Vm.Tests;

public sealed class IdHasherTests
{
    private readonly IdHasher hasher = new();

    [Fact]
    public void Each_id_has_the_hash_of_its_address_as_often_as_it_is_asked()
    {
        foreach (ulong id in (ulong[])
            [.. Enumerable.Range(0, 5_000).Select(id => (ulong)id), 16_383, 16_384, ulong.MaxValue])
        {
            byte[] key = Address.FromId(new(id)).ToBytes();

            AssertHashed(key);
            AssertHashed(key);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0101")]
    [InlineData("0080")]
    [InlineData("008100")]
    [InlineData("000100")]
    [InlineData("00ffff")]
    [InlineData("00818001")]
    public void What_is_no_id_address_has_its_own_hash(string hex)
    {
        // The ids that these could be taken for are known already.
        AssertHashed([0, 0]);
        AssertHashed([0, 1]);

        AssertHashed(Convert.FromHexString(hex));
    }

    private void AssertHashed(byte[] key)
    {
        byte[] expected = new byte[Sha256.DigestLength];
        Sha256.Hash(key, expected);
        byte[] hash = new byte[Sha256.DigestLength];

        hasher.HashKey(key, hash);

        Assert.Equal(expected, hash);
    }
}
