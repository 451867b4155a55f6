using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bn254;

/// <summary>An element c0 + c1·u of the quadratic extension, u² = -1.</summary>
internal readonly struct Fp2(Fp c0, Fp c1) : IExtensionField<Fp2, Fp>, IEquatable<Fp2>
{
    /// <summary>Length of the big-endian form, c1 first, in bytes.</summary>
    internal const int Length = 2 * Fp.Length;

    internal readonly Fp C0 = c0;
    internal readonly Fp C1 = c1;

    public static Fp2 Zero => default;

    public static Fp2 One { get; } = new(Fp.One, Fp.Zero);

    /// <summary>(9 + u)^((p - 1) / 6).</summary>
    public static Fp2 FrobeniusOfW { get; } = new(
        Fp.Parse("1284b71c2865a7dfe8b99fdd76e68b605c521e08292f2176d60b35dadcc9e470"),
        Fp.Parse("246996f3b4fae7e6a6327cfe12150b8e747992778eeec7e5ca5cf05f80f362ac"));

    public bool IsZero => C0.IsZero && C1.IsZero;

    public static Fp2 operator +(in Fp2 a, in Fp2 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fp2 operator -(in Fp2 a, in Fp2 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fp2 operator -(in Fp2 a) => new(-a.C0, -a.C1);

    public static Fp2 operator *(in Fp2 a, in Fp2 b) => new(
        Fp.SumOfProducts(a.C0, b.C0, -a.C1, b.C1),
        Fp.SumOfProducts(a.C0, b.C1, a.C1, b.C0));

    public static Fp2 operator *(in Fp2 a, in Fp b) => new(a.C0 * b, a.C1 * b);

    public static bool operator ==(in Fp2 a, in Fp2 b) => a.C0 == b.C0 && a.C1 == b.C1;

    public static bool operator !=(in Fp2 a, in Fp2 b) => !(a == b);

    /// <summary>Reads c1 and c0, big-endian; false if one is not below the prime.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out Fp2 value)
    {
        var isRead = Fp.TryRead(bytes, out var c1) & Fp.TryRead(bytes[Fp.Length..], out var c0);
        value = isRead ? new(c0, c1) : default;
        return isRead;
    }

    public Fp2 Double() => new(C0.Double(), C1.Double());

    public Fp2 Square() => new((C0 + C1) * (C0 - C1), C0.Double() * C1);

    public Fp2 Conjugate() => new(C0, -C1);

    /// <summary>This times 9 + u.</summary>
    public Fp2 MultiplyByNonResidue()
    {
        var eight = Double().Double().Double();
        return new(eight.C0 + C0 - C1, eight.C1 + C1 + C0);
    }

    public Fp2 Invert()
    {
        var inverse = Fp.SumOfProducts(C0, C0, C1, C1).Invert();
        return new(C0 * inverse, -(C1 * inverse));
    }

    public bool Equals(Fp2 other) => this == other;

    public override bool Equals(object? obj) => obj is Fp2 other && this == other;

    public override int GetHashCode() => C0.GetHashCode();
}
