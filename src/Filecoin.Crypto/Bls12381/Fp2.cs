using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>An element c0 + c1·u of the quadratic extension, u² = -1.</summary>
internal readonly struct Fp2(Fp c0, Fp c1) :
    ISignedField<Fp2>, IExtensionField<Fp2, Fp>, IEquatable<Fp2>
{
    /// <summary>Length of the big-endian form, c1 first, in bytes.</summary>
    internal const int Length = 2 * Fp.Length;

    internal readonly Fp C0 = c0;
    internal readonly Fp C1 = c1;

    public static Fp2 Zero => default;

    public static Fp2 One { get; } = new(Fp.One, Fp.Zero);

    /// <summary>(1 + u)^((p - 1) / 6).</summary>
    public static Fp2 FrobeniusOfW { get; } = new(
        Fp.Parse(
            "1904d3bf02bb0667c231beb4202c0d1f0fd603fd3cbd5f4f7b2443d784bab9c4"
            + "f67ea53d63e7813d8d0775ed92235fb8"),
        Fp.Parse(
            "00fc3e2b36c4e03288e9e902231f9fb854a14787b6c7b36fec0c8ec971f63c5f"
            + "282d5ac14d6c7ec22cf78a126ddc4af3"));

    public bool IsZero => C0.IsZero && C1.IsZero;

    public bool IsOdd => C0.IsZero ? C1.IsOdd : C0.IsOdd;

    public bool IsLargerHalf => C1.IsZero ? C0.IsLargerHalf : C1.IsLargerHalf;

    public static Fp2 operator +(in Fp2 a, in Fp2 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fp2 operator -(in Fp2 a, in Fp2 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fp2 operator -(in Fp2 a) => new(-a.C0, -a.C1);

    public static Fp2 operator *(in Fp2 a, in Fp2 b) => new(
        Fp.SumOfProducts(a.C0, b.C0, a.C1.NegateLazily(), b.C1),
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

    /// <summary>Writes c1 and c0, big-endian.</summary>
    internal void Write(Span<byte> bytes)
    {
        C1.Write(bytes);
        C0.Write(bytes[Fp.Length..]);
    }

    public Fp2 Double() => new(C0 + C0, C1 + C1);

    public Fp2 Square() => new(
        Fp.AddLazily(C0, C1) * (C0 - C1), Fp.AddLazily(C0, C0) * C1);

    /// <summary>The conjugate, which is this to the power p.</summary>
    public Fp2 Conjugate() => new(C0, -C1);

    /// <summary>This times 1 + u, the non-residue of the sextic extension.</summary>
    public Fp2 MultiplyByNonResidue() => new(C0 - C1, C0 + C1);

    public Fp2 Invert()
    {
        var inverse = Fp.SumOfProducts(C0, C0, C1, C1).Invert();
        return new(C0 * inverse, -(C1 * inverse));
    }

    // With s² = c0² + c1² and t = (c0 + s) / 2, a root of this is √t + c1 / (2√t)·u when t is a
    // square; when it is not, (c0 - s) / 2 is, and the parts change places.
    public bool TrySquareRoot(out Fp2 root)
    {
        if (C1.IsZero)
        {
            return RootOfReal(C0, out root);
        }

        root = default;
        if (!Fp.SumOfProducts(C0, C0, C1, C1).TrySquareRoot(out var s))
        {
            return false;
        }

        var t = (C0 + s) * Fp.Half;
        var r = t.PowerOfExponent();
        var first = r * t;
        var second = r * C1 * Fp.Half;
        root = first * r == Fp.One ? new(first, second) : new(second, -first);
        return true;
    }

    // In this field each real number has a root, real or imaginary.
    private static bool RootOfReal(in Fp real, out Fp2 root)
    {
        if (real.TrySquareRoot(out var part))
        {
            root = new(part, Fp.Zero);
            return true;
        }

        var isRoot = (-real).TrySquareRoot(out part);
        root = new(Fp.Zero, part);
        return isRoot;
    }

    public bool Equals(Fp2 other) => this == other;

    public override bool Equals(object? obj) => obj is Fp2 other && this == other;

    public override int GetHashCode() => C0.GetHashCode();
}
