namespace Filecoin.Wasm.Reading;

/// <summary>Bytes of the module from <c>Start</c> up to <c>End</c>, not included.</summary>
internal readonly record struct ByteRange(int Start, int End);

/// <summary>An import; <c>TypeIndex</c> is that of a function, else 0.</summary>
internal readonly record struct Import(
    string Module, string Name, ExternalKind Kind, int TypeIndex, int Offset);

/// <summary>An export of the item with the index given in its kind's index space.</summary>
internal readonly record struct Export(string Name, ExternalKind Kind, int Index, int Offset);

/// <summary>A constant expression: its one operator, and all its bytes with the end.</summary>
internal readonly record struct ConstantExpression(Operator Operator, ByteRange Bytes);

/// <summary>An element segment.</summary>
/// <param name="Flags">Its form, 0 to 7.</param>
/// <param name="Head">All bytes before the number of its items.</param>
/// <param name="Offset">Where an active segment goes; no meaning for the others.</param>
/// <param name="ItemCount">How many items.</param>
/// <param name="Items">All bytes behind that number.</param>
internal readonly record struct ElementSegment(
    int Flags, ByteRange Head, ConstantExpression Offset, int ItemCount, ByteRange Items)
{
    /// <summary>Whether it goes into a table when the module is instantiated.</summary>
    public bool IsActive => (Flags & 1) == 0;

    /// <summary>Whether its items are expressions, not function indices.</summary>
    public bool HasExpressions => (Flags & 4) != 0;
}

/// <summary>A data segment: its form, and where an active one goes.</summary>
internal readonly record struct DataSegment(int Flags, ConstantExpression Offset)
{
    /// <summary>Whether it is copied into memory when the module is instantiated.</summary>
    public bool IsActive => Flags != 1;
}

/// <summary>A module taken apart as far as the passes need; the rest are ranges of bytes.</summary>
internal sealed class WasmModule
{
    public FunctionType[] Types { get; set; } = [];

    /// <summary>The types' bytes, behind their count.</summary>
    public ByteRange TypeBytes { get; set; }

    public Import[] Imports { get; set; } = [];

    /// <summary>The imports' bytes, behind their count.</summary>
    public ByteRange ImportBytes { get; set; }

    /// <summary>Type indices of all functions, imported ones first.</summary>
    public List<int> FunctionTypes { get; } = [];

    public int ImportedFunctions { get; set; }

    public int ImportedGlobals { get; set; }

    /// <summary>The type indices' bytes, behind their count; null without such a section.</summary>
    public ByteRange? FunctionBytes { get; set; }

    /// <summary>All tables, imported ones first.</summary>
    public List<Limit> Tables { get; } = [];

    public int DefinedTables { get; set; }

    public ByteRange? TableSection { get; set; }

    /// <summary>All memories, imported ones first: none or one.</summary>
    public List<Limit> Memories { get; } = [];

    public ByteRange? MemorySection { get; set; }

    public int DefinedGlobals { get; set; }

    /// <summary>Index of the gas counter that rewriting adds, behind the stack height.</summary>
    public int GasCounter => ImportedGlobals + DefinedGlobals + 1;

    /// <summary>The globals' bytes, behind their count.</summary>
    public ByteRange GlobalBytes { get; set; }

    public Export[] Exports { get; set; } = [];

    public int? Start { get; set; }

    public ElementSegment[] Elements { get; set; } = [];

    public int? DataCount { get; set; }

    public ByteRange? DataCountSection { get; set; }

    /// <summary>Bodies of the defined functions, in order.</summary>
    public FunctionBody[] Bodies { get; set; } = [];

    public DataSegment[] Data { get; set; } = [];

    public ByteRange? DataSection { get; set; }

    /// <summary>The type of a function of the index space.</summary>
    public FunctionType TypeOf(int function) => Types[FunctionTypes[function]];
}
