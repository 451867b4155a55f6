using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>How values of a type are written; composed by the tuple generator.</summary>
public interface ICborForm<T>
{
    /// <summary>Writes one item.</summary>
    static abstract void Write(ref CborWriter writer, T value);

    /// <summary>Reads one item; false with the reader's error set when it does not fit.</summary>
    static abstract bool TryRead(ref CborReader reader, [MaybeNullWhen(false)] out T value);
}

/// <summary>A boolean.</summary>
public readonly struct BoolForm : ICborForm<bool>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, bool value) => writer.WriteBool(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out bool value) =>
        reader.TryReadBool(out value);
}

/// <summary>An unsigned integer.</summary>
public readonly struct UInt64Form : ICborForm<ulong>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, ulong value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ulong value) =>
        reader.TryReadUInt64(out value);
}

/// <summary>A signed integer.</summary>
public readonly struct Int64Form : ICborForm<long>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, long value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out long value) =>
        reader.TryReadInt64(out value);
}

/// <summary>An unsigned integer of 32 bits.</summary>
public readonly struct UInt32Form : ICborForm<uint>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, uint value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out uint value) =>
        reader.TryReadUInt32(out value);
}

/// <summary>A signed integer of 32 bits.</summary>
public readonly struct Int32Form : ICborForm<int>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, int value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out int value) =>
        reader.TryReadInt32(out value);
}

/// <summary>A text string.</summary>
public readonly struct TextForm : ICborForm<string>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, string value) => writer.WriteText(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out string value) =>
        reader.TryReadText(out value);
}

/// <summary>A byte string held in an array.</summary>
public readonly struct BytesForm : ICborForm<byte[]>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, byte[] value) => writer.WriteBytes(value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, [MaybeNullWhen(false)] out byte[] value)
    {
        var read = reader.TryReadBytes(out var bytes);
        value = read ? bytes.ToArray() : null;
        return read;
    }
}

/// <summary>A byte string held in memory.</summary>
public readonly struct MemoryForm : ICborForm<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, ReadOnlyMemory<byte> value) =>
        writer.WriteBytes(value.Span);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ReadOnlyMemory<byte> value)
    {
        var read = reader.TryReadBytes(out var bytes);
        value = read ? bytes.ToArray() : default;
        return read;
    }
}

/// <summary>A type that knows its own form.</summary>
public readonly struct ValueForm<T> : ICborForm<T>
    where T : ICbor<T>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, T value) => value.WriteTo(ref writer);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, [MaybeNullWhen(false)] out T value) =>
        T.TryRead(ref reader, out value);
}

/// <summary>Null or a value type.</summary>
public readonly struct OptionalForm<T, TForm> : ICborForm<T?>
    where T : struct
    where TForm : ICborForm<T>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, T? value)
    {
        if (value is { } present)
        {
            TForm.Write(ref writer, present);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out T? value)
    {
        value = null;
        if (reader.TryReadNull())
        {
            return true;
        }

        var read = TForm.TryRead(ref reader, out var present);
        value = read ? present : null;
        return read;
    }
}

/// <summary>Null or a reference type.</summary>
public readonly struct OptionalReferenceForm<T, TForm> : ICborForm<T?>
    where T : class
    where TForm : ICborForm<T>
{
    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            TForm.Write(ref writer, value);
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out T? value)
    {
        value = null;
        return reader.TryReadNull() || TForm.TryRead(ref reader, out value);
    }
}

/// <summary>A list.</summary>
public readonly struct ListForm<T, TForm> : ICborForm<ValueList<T>>
    where TForm : ICborForm<T>
{
    // The count is bounded by the input in bytes, elements may be far larger: grow as they come.
    private const int FirstCapacityMax = 1024;

    /// <inheritdoc/>
    public static void Write(ref CborWriter writer, ValueList<T> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var item in value)
        {
            TForm.Write(ref writer, item);
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ValueList<T> value)
    {
        value = default;
        var start = reader.Position;
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        var items = new T[Math.Min(count, FirstCapacityMax)];
        for (var i = 0; i < count; i++)
        {
            if (!TForm.TryRead(ref reader, out var item))
            {
                reader.Rewind(start);
                return false;
            }

            if (i == items.Length)
            {
                Array.Resize(ref items, Math.Min(count, 2 * i));
            }

            items[i] = item;
        }

        value = ValueList.TakeOver(items);
        return true;
    }
}
