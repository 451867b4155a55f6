namespace Filecoin.Crypto.Curves;

/// <summary>What curves need of the field their coordinates are in.</summary>
internal interface IField<T>
    where T : unmanaged, IField<T>
{
    static abstract T Zero { get; }

    static abstract T One { get; }

    bool IsZero { get; }

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
}
