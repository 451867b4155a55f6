using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>A type with a CBOR form, for those who learn of it at run time alone.</summary>
/// <remarks>
/// It is made where the type is written out, so that a compiler ahead of time knows its code.
/// </remarks>
public abstract class CborType
{
    private CborType(Type type) => Type = type;

    /// <summary>The type.</summary>
    public Type Type { get; }

    /// <summary>That of a type.</summary>
    public static CborType Of<T>()
        where T : ICbor<T> => Typed<T>.Only;

    /// <summary>Decodes one value that fills the input exactly.</summary>
    public abstract bool TryDecode(
        ReadOnlySpan<byte> data, [MaybeNullWhen(false)] out object value, out CborError fault);

    /// <summary>The DAG-CBOR form of a value.</summary>
    /// <param name="value">A value of the type.</param>
    public abstract byte[] Encode(object value);

    private sealed class Typed<T>() : CborType(typeof(T))
        where T : ICbor<T>
    {
        public static readonly Typed<T> Only = new();

        public override bool TryDecode(
            ReadOnlySpan<byte> data, [MaybeNullWhen(false)] out object value, out CborError fault)
        {
            bool isRead = Cbor.TryDecode<T>(data, out T? typed, out fault);
            value = isRead ? typed : null;
            return isRead;
        }

        public override byte[] Encode(object value) => Cbor.Encode((T)value);
    }
}
