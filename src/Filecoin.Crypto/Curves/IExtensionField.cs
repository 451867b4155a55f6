namespace Filecoin.Crypto.Curves;

/// <summary>A quadratic extension that the tower of a pairing is built on.</summary>
/// <remarks>The tower: v³ is the extension's non-residue, w² is v.</remarks>
internal interface IExtensionField<T, TBase> : IField<T>
    where T : unmanaged, IExtensionField<T, TBase>
    where TBase : unmanaged, IField<TBase>
{
    /// <summary>The non-residue to the (p - 1) / 6: w to the power p is this times w.</summary>
    static abstract T FrobeniusOfW { get; }

    static abstract T operator *(in T a, in TBase b);

    /// <summary>The conjugate, which is this to the power p.</summary>
    T Conjugate();

    /// <summary>This times the non-residue of the sextic extension.</summary>
    T MultiplyByNonResidue();
}
