using System.Numerics;
using CsCheck;

namespace Filecoin.Crypto.Tests;

public sealed class Secp256k1Tests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
        System.Globalization.NumberStyles.HexNumber);

    private static readonly Gen<byte[]> Hashes = Gen.Byte.Array[32];

    // Below the order: the first byte is never 0xff, the last never zero.
    private static readonly Gen<byte[]> Keys = Gen.Select(
        Gen.Byte[0, 254],
        Gen.Byte.Array[30],
        Gen.Byte[1, 255],
        (first, middle, last) => (byte[])[first, .. middle, last]);

    [Theory]
    [InlineData(
        "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c",
        "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"
        + "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c454901",
        "043a514176466fa815ed481ffad09110a2d344f6c9b78c1d14afc351c3a51be33d"
        + "8072e77939dc03ba44790779b7a1025baf3003f6732430e20cd9b76d953391b3")]
    public void A_known_signature_with_a_high_s_recovers(
        string hash, string signature, string key) =>
        Assert.Equal(key, Recover(Bytes(hash), Bytes(signature)));

    [Fact]
    public void An_ethereum_signature_recovers_to_a_key_and_its_address()
    {
        var unsigned = Bytes(
            "02f1030185012a05f2008504a817c800825208942b87d1cb599bc2a606db9a0169fcec96af04ad3a"
            + "880de0b6b3a764000080c0");
        var hash = new byte[32];
        Keccak256.Hash(unsigned, hash);
        var signature = Bytes(
            "479ff7fa64cf8bf641eb81635d1e8a698530d2f219951d234539e6d074819529"
            + "4b6146d27be50cdbb2853ba9a42f207af8d730272f1ebe9c9a78aeef1d6aa92400");
        const string Key =
            "048362749392a0e192eff600d21155236c5a0648d300a8e0e44d8617712c7c9638"
            + "4c75825dc5c7595df2a5005fd8a0f7c809119fb9ab36403ed712244fc329348e";
        Assert.Equal(Key, Recover(hash, signature));
        Keccak256.Hash(Bytes(Key).AsSpan(1), hash);
        Assert.Equal(
            "3947d223fc5415f43ea099866ab62b1d4d33814d", Convert.ToHexStringLower(hash[12..]));
    }

    [Fact]
    public void What_is_signed_recovers_and_verifies() =>
        Gen.Select(Keys, Hashes).Sample(
            (secret, hash) =>
            {
                var (key, signature) = (KeyOf(secret), Sign(hash, secret));
                Assert.Equal(Convert.ToHexStringLower(key), Recover(hash, signature));
                Assert.True(Secp256k1.Verify(hash, signature, key));
            },
            seed: "0000KfrOmcD7",
            iter: 200);

    [Fact]
    public void The_other_s_with_the_other_v_recovers_the_same_key() =>
        Gen.Select(Keys, Hashes).Sample(
            (secret, hash) =>
            {
                var signature = Sign(hash, secret);
                var s = new BigInteger(signature.AsSpan(32, 32), true, isBigEndian: true);
                Assert.True(s <= Order / 2);
                var v = (byte)(signature[64] ^ 1);
                byte[] other = [.. signature[..32], .. Big(Order - s), v];
                Assert.Equal(Convert.ToHexStringLower(KeyOf(secret)), Recover(hash, other));
            },
            seed: "0000KfrOmcD7",
            iter: 200);

    [Fact]
    public void A_changed_signature_or_hash_does_not_verify() =>
        Gen.Select(Keys, Hashes, Gen.Int[0, 511]).Sample(
            (secret, hash, bit) =>
            {
                var (key, signature) = (KeyOf(secret), Sign(hash, secret));
                var otherHash = Flip(hash, bit % 256);
                Assert.False(Secp256k1.Verify(hash, Flip(signature, bit), key));
                Assert.False(Secp256k1.Verify(otherHash, signature, key));
            },
            seed: "0000KfrOmcD7",
            iter: 200);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    public void Zero_scalars_recover_nothing(int r, int s, byte v) =>
        Assert.Null(Recover(new byte[32], [.. Big(r), .. Big(s), v]));

    [Fact]
    public void Scalars_not_below_the_order_recover_nothing()
    {
        Assert.Null(Recover(new byte[32], [.. Big(Order), .. Big(1), 0]));
        Assert.Null(Recover(new byte[32], [.. Big(1), .. Big(Order), 0]));
        Assert.NotNull(Recover(new byte[32], [.. Big(1), .. Big(Order - 1), 0]));
    }

    [Fact]
    public void The_ids_2_and_3_are_legal_and_4_is_not()
    {
        // The group order and the field's differ by about 2^128.4: x = r + n exists for r = 2.
        Assert.NotNull(Recover(Big(7), [.. Big(2), .. Big(1), 2]));
        Assert.NotNull(Recover(Big(7), [.. Big(2), .. Big(1), 3]));
        Assert.NotNull(Recover(Big(7), [.. Big(2), .. Big(1), 0]));
        Assert.Null(Recover(Big(7), [.. Big(2), .. Big(1), 4]));
        Assert.Null(Recover(Big(7), [.. Big(2), .. Big(1), 255]));
        Assert.Null(Recover(Big(7), [.. Big(BigInteger.One << 200), .. Big(1), 2]));
    }

    [Fact]
    public void Secret_keys_out_of_range_are_refused()
    {
        foreach (var secret in new[] { Big(0), Big(Order), Big((BigInteger.One << 256) - 1) })
        {
            Assert.Throws<ArgumentException>(() => KeyOf(secret));
            Assert.Throws<ArgumentException>(() => Sign(new byte[32], secret));
        }
    }

    [Fact]
    public void Other_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(
            () => Secp256k1.TryRecover(new byte[31], new byte[65], new byte[65]));

    [Fact]
    public void Threads_may_share_it()
    {
        var hash = Big(5);
        var expected = Convert.ToHexStringLower(KeyOf(Big(9)));
        Parallel.For(0, 400, _ => Assert.Equal(expected, Recover(hash, Sign(hash, Big(9)))));
    }

    private static string? Recover(byte[] hash, byte[] signature)
    {
        var key = new byte[65];
        return Secp256k1.TryRecover(hash, signature, key) ? Convert.ToHexStringLower(key) : null;
    }

    private static byte[] Sign(byte[] hash, byte[] secret)
    {
        var signature = new byte[65];
        Secp256k1.Sign(hash, secret, signature);
        return signature;
    }

    private static byte[] KeyOf(byte[] secret)
    {
        var key = new byte[65];
        Secp256k1.PublicKey(secret, key);
        return key;
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static byte[] Big(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
