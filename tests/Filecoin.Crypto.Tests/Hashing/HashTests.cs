using System.Text;
using CsCheck;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Filecoin.Crypto.Tests;

public sealed class HashTests
{
    private static readonly byte[] FooBarBaz = "foo bar baz"u8.ToArray();

    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> digest);

    [Fact]
    public void Blake2b_256_hashes_the_reference_input() =>
        Assert.Equal(
            "333838c065770e92aea23032caee0f5509a712cd5b504cffab1858744c80669b",
            Hex(Blake2b.Hash, FooBarBaz, 32));

    [Fact]
    public void Blake2b_512_hashes_the_reference_input() =>
        Assert.Equal(
            "c69325c56d6a45ad06dbfe7bb99b55192e05a83ae055c684e890a6df6e539c85"
            + "49618b18e61e17ef0d7f7ef05420b208bd1c53b131daccd57d0418dc8152d346",
            Hex(Blake2b.Hash, FooBarBaz, 64));

    [Fact]
    public void Blake2b_512_hashes_abc_as_the_rfc_says() =>
        Assert.Equal(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
            Hex(Blake2b.Hash, "abc"u8.ToArray(), 64));

    // Provenance: drand's quicknet, round 1000. The first is the randomness that drand itself
    // gives, the second what Filecoin draws from.
    [Fact]
    public void A_beacon_signature_has_the_digests_of_drand_and_of_the_chain()
    {
        byte[] signature = Convert.FromHexString(
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
            + "e342b73a8dd2bacbe47e4b6b63ed5e39");
        Assert.Equal(
            "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
            Hex(Sha256.Hash, signature, 32));
        Assert.Equal(
            "c61d0dd2311e918e35dbd8f1632a58a5c5c1767b0299515ff461e4bee6440816",
            Hex(Blake2b.Hash256, signature, 32));
    }

    // Spec: RFC 7693, appendix E; the grand hash of hashes over lengths of output and input.
    [Fact]
    public void Blake2b_passes_the_self_test_of_the_rfc()
    {
        var digests = new List<byte>();
        foreach (var outputLength in new[] { 20, 32, 48, 64 })
        {
            foreach (var inputLength in new[] { 0, 3, 128, 129, 255, 1024 })
            {
                var digest = new byte[outputLength];
                Blake2b.Hash(SelfTestBytes(inputLength, (uint)inputLength), digest);
                digests.AddRange(digest);
                digests.AddRange(KeyedByBouncyCastle(inputLength, outputLength));
            }
        }

        Assert.Equal(
            "c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475",
            Hex(Blake2b.Hash, digests.ToArray(), 32));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Blake2b_refuses_other_lengths(int length) =>
        Assert.Throws<ArgumentException>(() => Blake2b.Hash([], new byte[length]));

    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData(
        "foo bar baz", "c52bedc01bb473f14710320733b82266ae21a9c59e78a3d0ebdb7d453d25d9fb")]
    public void Keccak_256_hashes_known_inputs(string input, string digest) =>
        Assert.Equal(digest, Hex(Keccak256.Hash, Encoding.ASCII.GetBytes(input), 32));

    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("foo bar baz", "5cfb98694edc0eafb2626827ef774126ff86dd6b")]
    public void Ripemd_160_hashes_known_inputs(string input, string digest) =>
        Assert.Equal(digest, Hex(Ripemd160.Hash, Encoding.ASCII.GetBytes(input), 20));

    [Theory]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "foo bar baz", "dbd318c1c462aee872f41109a4dfd3048871a03dedd0fe0e757ced57dad6f2d7")]
    public void Sha2_256_hashes_known_inputs(string input, string digest) =>
        Assert.Equal(digest, Hex(Sha256.Hash, Encoding.ASCII.GetBytes(input), 32));

    [Fact]
    public void Sha2_256_is_the_frameworks_for_every_length_up_to_four_blocks()
    {
        byte[] input = [.. Enumerable.Range(0, 256).Select(i => unchecked((byte)(i * 7)))];
        for (int length = 0; length <= input.Length; length++)
        {
            Assert.Equal(
                Convert.ToHexStringLower(
                    System.Security.Cryptography.SHA256.HashData(input.AsSpan(0, length))),
                Hex(Sha256.Hash, input[..length], 32));
        }
    }

    [Fact]
    public void Blake2b_agrees_with_BouncyCastle() =>
        Gen.Select(Gen.Byte.Array[0, 700], Gen.Int[1, 64]).Sample(
            (data, length) => Hex(Blake2b.Hash, data, length)
                == ByBouncyCastle(new Blake2bDigest(8 * length), data),
            seed: "0000KfrOmcD7",
            iter: 2000);

    [Fact]
    public void Keccak_256_agrees_with_BouncyCastle() =>
        Gen.Byte.Array[0, 700].Sample(
            data => Hex(Keccak256.Hash, data, 32) == ByBouncyCastle(new KeccakDigest(256), data),
            seed: "0000KfrOmcD7",
            iter: 2000);

    private static string Hex(HashFunction hash, byte[] data, int length)
    {
        var digest = new byte[length];
        hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }

    private static string ByBouncyCastle(IDigest hash, byte[] data)
    {
        var digest = new byte[hash.GetDigestSize()];
        hash.BlockUpdate(data, 0, data.Length);
        _ = hash.DoFinal(digest, 0);
        return Convert.ToHexStringLower(digest);
    }

    private static byte[] KeyedByBouncyCastle(int inputLength, int outputLength)
    {
        var hash = new Blake2bDigest(
            SelfTestBytes(outputLength, (uint)outputLength), outputLength, null, null);
        return Convert.FromHexString(
            ByBouncyCastle(hash, SelfTestBytes(inputLength, (uint)inputLength)));
    }

    private static byte[] SelfTestBytes(int length, uint seed)
    {
        var bytes = new byte[length];
        uint a = unchecked(0xDEAD4BAD * seed), b = 1;
        for (var i = 0; i < length; i++)
        {
            var next = unchecked(a + b);
            (a, b) = (b, next);
            bytes[i] = (byte)(next >> 24);
        }

        return bytes;
    }
}
