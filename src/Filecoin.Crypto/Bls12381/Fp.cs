using System.Buffers.Binary;

namespace Filecoin.Crypto.Bls12381;

/// <summary>An element of the base field: an integer modulo the 381-bit prime.</summary>
/// <remarks>
/// Six words, least significant first, in Montgomery form (times 2^384) and always below the
/// prime, so that equal elements are equal words. Time depends on the values.
/// </remarks>
internal readonly partial struct Fp : IField<Fp>, IEquatable<Fp>
{
    /// <summary>Length of the big-endian form, in bytes.</summary>
    internal const int Length = 48;

    private const ulong P0 = 0xb9feffffffffaaab;
    private const ulong P1 = 0x1eabfffeb153ffff;
    private const ulong P2 = 0x6730d2a0f6b0f624;
    private const ulong P3 = 0x64774b84f38512bf;
    private const ulong P4 = 0x4b1ba7b6434bacd7;
    private const ulong P5 = 0x1a0111ea397fe69a;

    private static readonly Fp RSquared = new(
        0xf4df1f341c341746, 0x0a76e6a609d104f1, 0x8de5476c4c95b6d5,
        0x67eb88a9939d83c0, 0x9a793e85b519952d, 0x11988fe592cae3aa);

    // 2^256, to put the upper half of a wide integer in its place.
    private static readonly Fp TwoTo256 = new(
        0x075b3cd7c5ce820f, 0x3ec6ba621c3edb0b, 0x168a13d82bff6bce,
        0x87663c4bf8c449d2, 0x15f34c83ddc8d830, 0x0f9628b49caa2e85);

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;
    private readonly ulong _5;

    private Fp(ulong w0, ulong w1, ulong w2, ulong w3, ulong w4, ulong w5)
    {
        _0 = w0;
        _1 = w1;
        _2 = w2;
        _3 = w3;
        _4 = w4;
        _5 = w5;
    }

    public static Fp Zero => default;

    /// <summary>One, which is 2^384 in Montgomery form.</summary>
    public static Fp One { get; } = new(
        0x760900000002fffd, 0xebf4000bc40c0002, 0x5f48985753c758ba,
        0x77ce585370525745, 0x5c071a97a256ec6d, 0x15f65ec3fa80e493);

    /// <summary>One half.</summary>
    internal static Fp Half { get; } = new(
        0x1804000000015554, 0x855000053ab00001, 0x633cb57c253c276f,
        0x6e22d1ec31ebb502, 0xd3916126f2d14ca2, 0x17fbb8571a006596);

    public bool IsZero => (_0 | _1 | _2 | _3 | _4 | _5) == 0;

    public bool IsOdd => (FromMontgomery()._0 & 1) != 0;

    public bool IsLargerHalf
    {
        get
        {
            var value = FromMontgomery();
            var opposite = (-this).FromMontgomery();
            return value.IsAbove(opposite);
        }
    }

    public static bool operator ==(in Fp a, in Fp b) =>
        ((a._0 ^ b._0) | (a._1 ^ b._1) | (a._2 ^ b._2)
            | (a._3 ^ b._3) | (a._4 ^ b._4) | (a._5 ^ b._5)) == 0;

    public static bool operator !=(in Fp a, in Fp b) => !(a == b);

    /// <summary>Reads 48 big-endian bytes; false if they are not below the prime.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out Fp value)
    {
        var integer = ReadWords(bytes);
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
        var high = ReadWords(padded) * RSquared;
        bytes[32..64].CopyTo(padded[16..]);
        return (high * TwoTo256) + (ReadWords(padded) * RSquared);
    }

    /// <summary>The element of a small integer.</summary>
    internal static Fp Of(uint value) => new Fp(value, 0, 0, 0, 0, 0) * RSquared;

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
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value._5);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], value._4);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], value._3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], value._2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[32..], value._1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[40..], value._0);
    }

    public bool Equals(Fp other) => this == other;

    public override bool Equals(object? obj) => obj is Fp other && this == other;

    public override int GetHashCode() => _0.GetHashCode();

    private static Fp Prime => new(P0, P1, P2, P3, P4, P5);

    private static Fp ReadWords(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    private Fp FromMontgomery() => this * new Fp(1, 0, 0, 0, 0, 0);

    private bool IsAbove(in Fp other)
    {
        if (_5 != other._5)
        {
            return _5 > other._5;
        }

        if (_4 != other._4)
        {
            return _4 > other._4;
        }

        if (_3 != other._3)
        {
            return _3 > other._3;
        }

        if (_2 != other._2)
        {
            return _2 > other._2;
        }

        return _1 != other._1 ? _1 > other._1 : _0 > other._0;
    }
}
