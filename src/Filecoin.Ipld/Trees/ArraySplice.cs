namespace Filecoin.Ipld;

/// <summary>Copies of small arrays with one element more or less, or another one.</summary>
internal static class ArraySplice
{
    internal static T[] Replace<T>(T[] items, int at, T item)
    {
        T[] result = [.. items];
        result[at] = item;
        return result;
    }

    internal static T[] Insert<T>(T[] items, int at, T item)
    {
        T[] result = new T[items.Length + 1];
        items.AsSpan(0, at).CopyTo(result);
        result[at] = item;
        items.AsSpan(at).CopyTo(result.AsSpan(at + 1));
        return result;
    }

    internal static T[] RemoveAt<T>(T[] items, int at)
    {
        T[] result = new T[items.Length - 1];
        items.AsSpan(0, at).CopyTo(result);
        items.AsSpan(at + 1).CopyTo(result.AsSpan(at));
        return result;
    }
}
