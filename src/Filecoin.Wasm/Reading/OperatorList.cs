namespace Filecoin.Wasm.Reading;

/// <summary>A growing list of operators, used again from function to function.</summary>
internal sealed class OperatorList
{
    private Operator[] items = new Operator[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<Operator> Span => items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(in Operator added)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, items.Length * 2);
        }

        items[Count] = added;
        Count++;
    }
}
