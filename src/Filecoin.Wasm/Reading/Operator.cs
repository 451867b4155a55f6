namespace Filecoin.Wasm.Reading;

/// <summary>One operator of a function body.</summary>
/// <param name="Opcode">What it does.</param>
/// <param name="Immediate">
/// The label, function, type, local or global index, the i32 constant, or 1 for a block that has
/// a result and 0 for one that has none; 0 for the rest.
/// </param>
/// <param name="Start">Byte offset in the module; -1 if a pass added the operator.</param>
/// <param name="End">Byte offset after the operator; -1 if a pass added the operator.</param>
internal readonly record struct Operator(Opcode Opcode, int Immediate, int Start, int End)
{
    /// <summary>An operator that stands nowhere in the module read.</summary>
    public static Operator Added(Opcode opcode, int immediate = 0) =>
        new(opcode, immediate, -1, -1);
}
