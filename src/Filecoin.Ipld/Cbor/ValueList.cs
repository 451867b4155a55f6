using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Filecoin.Ipld;

/// <summary>An immutable list that is equal to another when the elements are.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T> : IEquatable<ValueList<T>>, IReadOnlyList<T>, IValueList
{
    private readonly T[]? items;

    internal ValueList(T[] items) => this.items = items;

    /// <summary>Number of elements.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>The elements.</summary>
    public ReadOnlySpan<T> Span => items;

    /// <summary>One element.</summary>
    public T this[int index] => Span[index];

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other)
    {
        if (ReferenceEquals(items, other.items))
        {
            return true;
        }

        return Span.SequenceEqual(other.Span, ElementEquality<T>.Comparer);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Span)
        {
            hash.Add(item, ElementEquality<T>.Comparer);
        }

        return hash.ToHashCode();
    }

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() =>
        ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    IValueList IValueList.OfElements(ReadOnlySpan<object?> elements)
    {
        T[] typed = new T[elements.Length];
        for (int i = 0; i < typed.Length; i++)
        {
            typed[i] = (T)elements[i]!;
        }

        return new ValueList<T>(typed);
    }

    /// <summary>Equality of the elements.</summary>
    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    /// <summary>Inequality of the elements.</summary>
    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);
}

/// <summary>A list, for those who learn at run time alone of which elements it is.</summary>
public interface IValueList
{
    /// <summary>A list of the same type of other elements.</summary>
    IValueList OfElements(ReadOnlySpan<object?> elements);
}

/// <summary>Makes <see cref="ValueList{T}"/>s.</summary>
public static class ValueList
{
    /// <summary>A list of copies of the elements.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list that takes over an array, which nobody may change afterwards.</summary>
    public static ValueList<T> TakeOver<T>(T[] items) => new(items);
}

/// <summary>Compares byte strings by content and all else by its own equality.</summary>
internal sealed class ElementEquality<T> : IEqualityComparer<T>
{
    internal static readonly IEqualityComparer<T> Comparer =
        typeof(T) == typeof(byte[]) || typeof(T) == typeof(ReadOnlyMemory<byte>)
            ? new ElementEquality<T>()
            : EqualityComparer<T>.Default;

    public bool Equals(T? x, T? y) => Bytes(x).SequenceEqual(Bytes(y));

    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public int GetHashCode(T item)
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes(item));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Bytes(T? item) => item switch
    {
        byte[] array => array,
        ReadOnlyMemory<byte> memory => memory.Span,
        _ => default,
    };
}
