namespace Filecoin.Wasm.Reading;

/// <summary>Where a defined function's body stands, and what its locals are.</summary>
/// <param name="TypeIndex">The function's type.</param>
/// <param name="LocalGroups">Declarations of locals: a count and a type each.</param>
/// <param name="LocalCount">Declared locals in all; parameters are not counted.</param>
/// <param name="GroupsStart">Byte offset of the first declaration, behind their count.</param>
/// <param name="CodeStart">Byte offset of the first operator.</param>
/// <param name="End">Byte offset after the last operator.</param>
internal readonly record struct FunctionBody(
    int TypeIndex,
    int LocalGroups,
    int LocalCount,
    int GroupsStart,
    int CodeStart,
    int End)
{
    /// <summary>
    /// Reads a body's head; the operators are left for <see cref="OperatorReader"/>.
    /// </summary>
    public static FunctionBody Read(ref WasmReader reader, int typeIndex)
    {
        int size = reader.ReadCount(Limits.FunctionBytes, "function body");
        WasmReader body = reader.Take(size);
        int groups = body.ReadCount(Limits.FunctionBytes, "groups of locals");
        int groupsStart = body.Position;
        long locals = 0;
        for (int i = 0; i < groups; i++)
        {
            locals += body.ReadU32();
            if (locals > Limits.Locals)
            {
                throw body.Refuse($"more than {Limits.Locals} locals");
            }

            _ = TypeReader.ReadValueType(ref body);
        }

        return new(typeIndex, groups, (int)locals, groupsStart, body.Position, body.End);
    }
}
