namespace Filecoin.Wasm;

/// <summary>A value type of the accepted language, by its byte in the binary format.</summary>
public enum WasmType : byte
{
    /// <summary>A 32-bit integer.</summary>
    I32 = 0x7F,

    /// <summary>A 64-bit integer.</summary>
    I64 = 0x7E,

    /// <summary>A 32-bit float.</summary>
    F32 = 0x7D,

    /// <summary>A 64-bit float.</summary>
    F64 = 0x7C,

    /// <summary>A reference to a function, or null.</summary>
    FunctionReference = 0x70,
}
