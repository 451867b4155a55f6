namespace Filecoin.Crypto.Bls12381;

/// <summary>What curves need of the field their coordinates are in.</summary>
internal interface IField<T>
    where T : unmanaged, IField<T>
{
    static abstract T Zero { get; }

    static abstract T One { get; }

    bool IsZero { get; }

    /// <summary>The sign of RFC 9380, section 4.1: the parity of the first non-zero part.</summary>
    bool IsOdd { get; }

    /// <summary>True if this is larger than its negation, most significant part first.</summary>
    bool IsLargerHalf { get; }

    static abstract T operator +(in T a, in T b);

    static abstract T operator -(in T a, in T b);

    static abstract T operator -(in T a);

    static abstract T operator *(in T a, in T b);

    static abstract bool operator ==(in T a, in T b);

    static abstract bool operator !=(in T a, in T b);

    T Double();

    T Square();

    /// <summary>The inverse; zero for zero.</summary>
    T Invert();

    /// <summary>One of the square roots, unspecified which; false if there is none.</summary>
    bool TrySquareRoot(out T root);
}
