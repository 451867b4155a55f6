using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>What hashing to a curve and compressing its points need of a field besides.</summary>
internal interface ISignedField<T> : IField<T>
    where T : unmanaged, ISignedField<T>
{
    /// <summary>The sign of RFC 9380, section 4.1: the parity of the first non-zero part.</summary>
    bool IsOdd { get; }

    /// <summary>True if this is larger than its negation, most significant part first.</summary>
    bool IsLargerHalf { get; }

    /// <summary>One of the square roots, unspecified which; false if there is none.</summary>
    bool TrySquareRoot(out T root);
}
