using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bn254;

/// <summary>An element of the base field: an integer modulo the 254-bit prime.</summary>
/// <remarks>
/// Five limbs of 56 bits, least significant first, in Montgomery form (times 2^280) and always
/// below the prime, so that equal elements are equal limbs. The limbs are those of BLS12-381's
/// field, for the same reason: sums of half products need no carry. Time depends on the values.
/// </remarks>
internal readonly partial struct Fp : IField<Fp>, IEquatable<Fp>
{
    /// <summary>Length of the big-endian form, in bytes.</summary>
    internal const int Length = 32;

    private const int LimbBits = 56;
    private const int LimbBytes = LimbBits / 8;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    private const ulong P0 = 0x208c16d87cfd47;
    private const ulong P1 = 0x6a916871ca8d3c;
    private const ulong P2 = 0xb68181585d9781;
    private const ulong P3 = 0xe131a029b85045;
    private const ulong P4 = 0x30644e72;

    private static readonly Fp RSquared = new(
        0xbb888f34693c46, 0x1c4bb9be2ac0dd, 0xc1a7aec3d9e1b9, 0x3cb4fa22c83580, 0x95e2ea9);

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;

    private Fp(ulong w0, ulong w1, ulong w2, ulong w3, ulong w4)
    {
        _0 = w0;
        _1 = w1;
        _2 = w2;
        _3 = w3;
        _4 = w4;
    }

    public static Fp Zero => default;

    /// <summary>One, which is 2^280 in Montgomery form.</summary>
    public static Fp One { get; } = new(
        0x6a56a28a0e0d96, 0x1e6c92b56d8f97, 0x10581c8ee608fc, 0x8c59c9e89f6e5c, 0x7359fa8);

    public bool IsZero => (_0 | _1 | _2 | _3 | _4) == 0;

    /// <summary>p - 2.</summary>
    private static ReadOnlySpan<ulong> InverseExponent =>
        [0x3c208c16d87cfd45, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029];

    public static bool operator ==(in Fp a, in Fp b) =>
        ((a._0 ^ b._0) | (a._1 ^ b._1) | (a._2 ^ b._2) | (a._3 ^ b._3) | (a._4 ^ b._4)) == 0;

    public static bool operator !=(in Fp a, in Fp b) => !(a == b);

    // Signed limbs: an arithmetic shift carries borrows too.
    public static Fp operator +(in Fp a, in Fp b)
    {
        unchecked
        {
            var d0 = (long)(a._0 + b._0) - (long)P0;
            var d1 = (long)(a._1 + b._1) - (long)P1 + (d0 >> LimbBits);
            var d2 = (long)(a._2 + b._2) - (long)P2 + (d1 >> LimbBits);
            var d3 = (long)(a._3 + b._3) - (long)P3 + (d2 >> LimbBits);
            var d4 = (long)(a._4 + b._4) - (long)P4 + (d3 >> LimbBits);
            return Raise(d0, d1, d2, d3, d4);
        }
    }

    public static Fp operator -(in Fp a, in Fp b)
    {
        unchecked
        {
            var d0 = (long)a._0 - (long)b._0;
            var d1 = (long)a._1 - (long)b._1 + (d0 >> LimbBits);
            var d2 = (long)a._2 - (long)b._2 + (d1 >> LimbBits);
            var d3 = (long)a._3 - (long)b._3 + (d2 >> LimbBits);
            var d4 = (long)a._4 - (long)b._4 + (d3 >> LimbBits);
            return Raise(d0, d1, d2, d3, d4);
        }
    }

    public static Fp operator -(in Fp a) => Zero - a;

    public Fp Double() => this + this;

    public Fp Square() => this * this;

    public Fp Invert()
    {
        var result = One;
        for (var bit = 253; bit >= 0; bit--)
        {
            result = result.Square();
            if (((InverseExponent[bit >> 6] >> (bit & 63)) & 1) != 0)
            {
                result *= this;
            }
        }

        return result;
    }

    /// <summary>Reads 32 big-endian bytes; false if they are not below the prime.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out Fp value)
    {
        var integer = new Fp(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]) & LimbMask,
            BinaryPrimitives.ReadUInt64BigEndian(bytes[17..]) & LimbMask,
            BinaryPrimitives.ReadUInt64BigEndian(bytes[10..]) & LimbMask,
            BinaryPrimitives.ReadUInt64BigEndian(bytes[3..]) & LimbMask,
            BinaryPrimitives.ReadUInt32BigEndian(bytes));
        var isBelow = integer.IsBelowPrime();
        value = isBelow ? integer * RSquared : default;
        return isBelow;
    }

    /// <summary>The element of a small integer.</summary>
    internal static Fp Of(uint value) => new Fp(value, 0, 0, 0, 0) * RSquared;

    /// <summary>Reads a constant of the curve, written as 64 hexadecimal digits.</summary>
    internal static Fp Parse(string hex) =>
        TryRead(Convert.FromHexString(hex), out var value)
            ? value
            : throw new FormatException("the constant is not below the prime of BN254");

    /// <summary>Writes 32 big-endian bytes.</summary>
    internal void Write(Span<byte> bytes)
    {
        var value = this * new Fp(1, 0, 0, 0, 0);
        ReadOnlySpan<ulong> limbs = [value._0, value._1, value._2, value._3, value._4];
        for (var i = 0; i < Length; i++)
        {
            bytes[Length - 1 - i] = unchecked((byte)(limbs[i / LimbBytes] >> (i % LimbBytes * 8)));
        }
    }

    public bool Equals(Fp other) => this == other;

    public override bool Equals(object? obj) => obj is Fp other && this == other;

    public override int GetHashCode() => _0.GetHashCode();

    private bool IsBelowPrime()
    {
        ReadOnlySpan<ulong> limbs = [_4, _3, _2, _1, _0];
        ReadOnlySpan<ulong> prime = [P4, P3, P2, P1, P0];
        return limbs.SequenceCompareTo(prime) < 0;
    }

    /// <summary>Adds the prime to a number that is negative, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Raise(long d0, long d1, long d2, long d3, long d4)
    {
        unchecked
        {
            // All ones if negative.
            var mask = (ulong)(d4 >> 63);
            var t0 = (long)(((ulong)d0 & LimbMask) + (P0 & mask));
            var t1 = (long)(((ulong)d1 & LimbMask) + (P1 & mask)) + (t0 >> LimbBits);
            var t2 = (long)(((ulong)d2 & LimbMask) + (P2 & mask)) + (t1 >> LimbBits);
            var t3 = (long)(((ulong)d3 & LimbMask) + (P3 & mask)) + (t2 >> LimbBits);
            var t4 = d4 + (long)(P4 & mask) + (t3 >> LimbBits);
            return new(
                (ulong)t0 & LimbMask,
                (ulong)t1 & LimbMask,
                (ulong)t2 & LimbMask,
                (ulong)t3 & LimbMask,
                (ulong)t4 & LimbMask);
        }
    }
}
