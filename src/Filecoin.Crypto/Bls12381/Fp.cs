using System.Buffers.Binary;

namespace Filecoin.Crypto.Bls12381;

/// <summary>An element of the base field: an integer modulo the 381-bit prime.</summary>
/// <remarks>
/// Seven limbs of 56 bits, least significant first, in Montgomery form (times 2^392) and always
/// below the prime, so that equal elements are equal limbs. Time depends on the values.
/// </remarks>
internal readonly partial struct Fp : ISignedField<Fp>, IEquatable<Fp>
{
    /// <summary>Length of the big-endian form, in bytes.</summary>
    internal const int Length = 48;

    private const int LimbBits = 56;
    private const int LimbBytes = LimbBits / 8;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    private const ulong P0 = 0xfeffffffffaaab;
    private const ulong P1 = 0xfffeb153ffffb9;
    private const ulong P2 = 0xa0f6b0f6241eab;
    private const ulong P3 = 0xf38512bf6730d2;
    private const ulong P4 = 0x4bacd764774b84;
    private const ulong P5 = 0xe69a4b1ba7b643;
    private const ulong P6 = 0x001a0111ea397f;

    private static readonly Fp Prime = new(P0, P1, P2, P3, P4, P5, P6);

    private static readonly Fp RSquared = new(
        0x6d1c34510370ed, 0xec45c53e243d62, 0x093317d3b1d65a, 0x5d74088b4f36a0,
        0x865d118c10ea72, 0xfd5cd507320a75, 0x000c8d4cc8a759);

    // 2^256, to put the upper half of a wide integer in its place.
    private static readonly Fp TwoTo256 = new(
        0xd5d7c5ceb50ecd, 0x62e443a70b3131, 0xf88fa8b2a871ee, 0x39c19db1dde5f5,
        0x9de3cc5af02983, 0xb2df0fc547ef90, 0x000b84ffa04cbd);

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;
    private readonly ulong _5;
    private readonly ulong _6;

    private Fp(
        ulong w0, ulong w1, ulong w2, ulong w3, ulong w4, ulong w5, ulong w6)
    {
        _0 = w0;
        _1 = w1;
        _2 = w2;
        _3 = w3;
        _4 = w4;
        _5 = w5;
        _6 = w6;
    }

    public static Fp Zero => default;

    /// <summary>One, which is 2^392 in Montgomery form.</summary>
    public static Fp One { get; } = new(
        0xd800000347fcb8, 0x0cde6d2002b119, 0x83a2090c7212e0, 0xda0f73e037669f,
        0x1297bb09b09b42, 0x012ca7c515d98f, 0x000577a659fcfa);

    /// <summary>One half.</summary>
    internal static Fp Half { get; } = new(
        0xec000001a3fe5c, 0x066f369001588c, 0xc1d10486390970, 0x6d07b9f01bb34f,
        0x894bdd84d84da1, 0x009653e28aecc7, 0x0002bbd32cfe7d);

    public bool IsZero => (_0 | _1 | _2 | _3 | _4 | _5 | _6) == 0;

    public bool IsOdd => (FromMontgomery()._0 & 1) != 0;

    public bool IsLargerHalf => FromMontgomery().IsAbove((-this).FromMontgomery());

    public static bool operator ==(in Fp a, in Fp b) =>
        ((a._0 ^ b._0) | (a._1 ^ b._1) | (a._2 ^ b._2) | (a._3 ^ b._3)
            | (a._4 ^ b._4) | (a._5 ^ b._5) | (a._6 ^ b._6)) == 0;

    public static bool operator !=(in Fp a, in Fp b) => !(a == b);

    /// <summary>Reads 48 big-endian bytes; false if they are not below the prime.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out Fp value)
    {
        var integer = ReadLimbs(bytes);
        var isBelow = Prime.IsAbove(integer);
        value = isBelow ? integer * RSquared : default;
        return isBelow;
    }

    /// <summary>Reads 64 big-endian bytes modulo the prime.</summary>
    internal static Fp ReadWide(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[Length];
        padded.Clear();
        bytes[..32].CopyTo(padded[16..]);
        var high = ReadLimbs(padded) * RSquared;
        bytes[32..64].CopyTo(padded[16..]);
        return (high * TwoTo256) + (ReadLimbs(padded) * RSquared);
    }

    /// <summary>The element of a small integer.</summary>
    internal static Fp Of(uint value) => new Fp(value, 0, 0, 0, 0, 0, 0) * RSquared;

    /// <summary>Reads a constant of the curve, written as 96 hexadecimal digits or fewer.</summary>
    internal static Fp Parse(string hex)
    {
        var bytes = Convert.FromHexString(hex.PadLeft(2 * Length, '0'));
        return TryRead(bytes, out var value)
            ? value
            : throw new FormatException("the constant is not below the prime of BLS12-381");
    }

    /// <summary>Writes 48 big-endian bytes.</summary>
    internal void Write(Span<byte> bytes)
    {
        var value = FromMontgomery();
        ReadOnlySpan<ulong> limbs =
            [value._0, value._1, value._2, value._3, value._4, value._5, value._6];
        for (var i = 0; i < Length; i++)
        {
            bytes[Length - 1 - i] = unchecked((byte)(limbs[i / LimbBytes] >> (i % LimbBytes * 8)));
        }
    }

    public bool Equals(Fp other) => this == other;

    public override bool Equals(object? obj) => obj is Fp other && this == other;

    public override int GetHashCode() => _0.GetHashCode();

    private static Fp ReadLimbs(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[33..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[26..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[19..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[12..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[5..]) & LimbMask,
        BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);

    private Fp FromMontgomery() => this * new Fp(1, 0, 0, 0, 0, 0, 0);

    private bool IsAbove(in Fp other)
    {
        ReadOnlySpan<ulong> limbs = [_6, _5, _4, _3, _2, _1, _0];
        ReadOnlySpan<ulong> others =
            [other._6, other._5, other._4, other._3, other._2, other._1, other._0];
        return limbs.SequenceCompareTo(others) > 0;
    }
}
