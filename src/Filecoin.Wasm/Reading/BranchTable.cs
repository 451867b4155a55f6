namespace Filecoin.Wasm.Reading;

/// <summary>Reads the labels of a br_table again from the module.</summary>
internal ref struct BranchTable
{
    private WasmReader reader;
    private int left;

    public BranchTable(ReadOnlySpan<byte> wasm, in Operator table)
    {
        reader = new(wasm, table.Start + 1, table.End);
        left = (int)reader.ReadU32();
        WasmReader last = reader;
        for (int i = 0; i < left; i++)
        {
            _ = last.ReadU32();
        }

        Default = (int)last.ReadU32();
    }

    /// <summary>The label for an index outside the table.</summary>
    public int Default { get; }

    /// <summary>The next label of the table; the default is not among them.</summary>
    public bool TryNext(out int label)
    {
        label = left > 0 ? (int)reader.ReadU32() : 0;
        left--;
        return left >= 0;
    }
}
