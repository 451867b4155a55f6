namespace Filecoin.Wasm;

/// <summary>What an import or an export is, by its byte in the binary format.</summary>
public enum ExternalKind
{
    /// <summary>A function.</summary>
    Function = 0,

    /// <summary>A table.</summary>
    Table = 1,

    /// <summary>A linear memory.</summary>
    Memory = 2,

    /// <summary>A global.</summary>
    Global = 3,
}
