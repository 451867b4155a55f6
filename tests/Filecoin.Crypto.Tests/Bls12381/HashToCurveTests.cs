using System.Buffers.Binary;
using System.Text;
using Filecoin.Crypto.Bls12381;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Tests;

/// <summary>Vectors of RFC 9380, appendices J.9.1, J.10.1 and K.1, and of drand.</summary>
public sealed class HashToCurveTests
{
    [Theory]
    [InlineData("", "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235")]
    [InlineData("abc", "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615")]
    public void Messages_expand_as_in_the_rfc(string message, string expected)
    {
        var expanded = new byte[32];
        MessageExpansion.Expand(
            Encoding.ASCII.GetBytes(message), "QUUX-V01-CS02-with-expander-SHA256-128"u8, expanded);
        Assert.Equal(expected, Convert.ToHexStringLower(expanded));
    }

    [Theory]
    [InlineData(
        "",
        "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4"
        + "e8cf62d9c09db0fac349612b759e79a1",
        "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc"
        + "68ee29813bb7994998f3eae0c9c6a265")]
    [InlineData(
        "abc",
        "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3a"
        + "ee664ba5379a7655d3c68900be2f6903",
        "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af21553331"
        + "1f0b8dfaaa154fa6b88176c229f2885d")]
    public void Messages_hash_to_G1_as_in_the_rfc(string message, string x, string y)
    {
        var bytes = new byte[96];
        var point = HashToCurve.ToG1(
            Encoding.ASCII.GetBytes(message),
            "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"u8);
        G1.WriteUncompressed(point.ToAffine(), bytes);
        Assert.Equal(x + y, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData(
        "",
        "05cb8437535e20ecffaef7752baddf98034139c38452458baeefab379ba13dff"
        + "5bf5dd71b72418717047f5b0f37da03d",
        "0141ebfbdca40eb85b87142e130ab689c673cf60f1a3e98d69335266f30d9b8d"
        + "4ac44c1038e9dcdd5393faf5c41fb78a",
        "12424ac32561493f3fe3c260708a12b7c620e7be00099a974e259ddc7d1f6395"
        + "c3c811cdd19f1e8dbf3e9ecfdcbab8d6",
        "0503921d7f6a12805e72940b963c0cf3471c7b2a524950ca195d11062ee75ec0"
        + "76daf2d4bc358c4b190c0c98064fdd92")]
    [InlineData(
        "abc",
        "139cddbccdc5e91b9623efd38c49f81a6f83f175e80b06fc374de9eb4b41dfe4"
        + "ca3a230ed250fbe3a2acf73a41177fd8",
        "02c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbe"
        + "c7780ccc7954725f4168aff2787776e6",
        "00aa65dae3c8d732d10ecd2c50f8a1baf3001578f71c694e03866e9f3d49ac1e"
        + "1ce70dd94a733534f106d4cec0eddd16",
        "1787327b68159716a37440985269cf584bcb1e621d3a7202be6ea05c4cfe244a"
        + "eb197642555a0645fb87bf7466b2ba48")]
    public void Messages_hash_to_G2_as_in_the_rfc(
        string message, string x1, string x0, string y1, string y0)
    {
        var bytes = new byte[192];
        var point = HashToCurve.ToG2(
            Encoding.ASCII.GetBytes(message),
            "QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_"u8);
        G2.WriteUncompressed(point.ToAffine(), bytes);
        Assert.Equal(x1 + x0 + y1 + y0, Convert.ToHexStringLower(bytes));
    }

    // Round 1000 of drand's quicknet: keys in G2, signatures in G1.
    [Fact]
    public void A_round_of_quicknet_verifies()
    {
        Assert.True(
            G2.TryReadCompressed(
                Convert.FromHexString(
                    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
                    + "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
                    + "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"),
                out var key));
        Assert.True(
            G1.TryReadCompressed(
                Convert.FromHexString(
                    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
                    + "e342b73a8dd2bacbe47e4b6b63ed5e39"),
                out var signature));
        Assert.True(Pairing.Product([signature, -Hash(1000)], [G2.Generator, key]).IsOne);
        Assert.False(Pairing.Product([signature, -Hash(1001)], [G2.Generator, key]).IsOne);
    }

    [Fact]
    public void Zero_maps_to_a_point_of_each_curve()
    {
        // The exceptional case of the map.
        Assert.True(HashToCurve.MapToCurveG1(Fp.Zero).ToAffine().IsOnCurve(Fp.Of(4)));
        Assert.True(
            HashToCurve.MapToCurveG2(Fp2.Zero).ToAffine().IsOnCurve(new(Fp.Of(4), Fp.Of(4))));
    }

    [Fact]
    public void Long_domains_and_expansions_are_refused()
    {
        Assert.Throws<ArgumentException>(
            () => MessageExpansion.Expand([], new byte[256], new byte[32]));
        Assert.Throws<ArgumentException>(
            () => MessageExpansion.Expand([], new byte[1], new byte[8161]));
    }

    private static AffinePoint<Fp> Hash(ulong round)
    {
        var message = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(message, round);
        var digest = new byte[32];
        Sha256.Hash(message, digest);
        return HashToCurve.ToG1(digest, "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"u8).ToAffine();
    }
}
