using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>A type with one DAG-CBOR form.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface ICbor<T>
    where T : ICbor<T>
{
    /// <summary>Writes the value as one item.</summary>
    void WriteTo(ref CborWriter writer);

    /// <summary>Reads one item; false with the reader's error set when it does not fit.</summary>
    static abstract bool TryRead(ref CborReader reader, [MaybeNullWhen(false)] out T value);
}

/// <summary>Encodes and decodes whole values.</summary>
public static class Cbor
{
    private const int HeaderBytesMax = 9;

    /// <summary>The DAG-CBOR form of a value.</summary>
    public static byte[] Encode<T>(T value)
        where T : ICbor<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var writer = new CborWriter(256);
        try
        {
            value.WriteTo(ref writer);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The DAG-CBOR form of a byte string.</summary>
    public static byte[] EncodeBytes(ReadOnlySpan<byte> bytes)
    {
        var writer = new CborWriter(bytes.Length + HeaderBytesMax);
        try
        {
            writer.WriteBytes(bytes);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Decodes one value that fills the input exactly.</summary>
    public static bool TryDecode<T>(
        ReadOnlySpan<byte> data,
        [MaybeNullWhen(false)] out T value,
        out CborError error,
        bool isLenient = false)
        where T : ICbor<T>
    {
        var reader = CborReader.For(data, isLenient);
        var read = T.TryRead(ref reader, out value) && reader.TryEnd();
        error = read ? default : reader.Error;
        return read;
    }
}
