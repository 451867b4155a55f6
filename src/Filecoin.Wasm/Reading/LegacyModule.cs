namespace Filecoin.Wasm.Reading;

/// <summary>What the older instrumenter's parser refuses outside of code.</summary>
/// <remarks>
/// Spec: parity-wasm 0.42 src/elements/{types,segment}.rs; wasm-engine 4.1. It knows funcref as
/// the type of tables alone, and no element segment but the plain active one.
/// </remarks>
internal static class LegacyModule
{
    public static void Check(ReadOnlySpan<byte> wasm, WasmModule module)
    {
        foreach (FunctionType type in module.Types)
        {
            for (int i = 0; i < type.ParameterCount; i++)
            {
                CheckType(wasm, type.Offset + i);
            }

            if (type.ResultCount == 1)
            {
                CheckType(wasm, type.ResultOffset);
            }
        }

        foreach (FunctionBody body in module.Bodies)
        {
            CheckLocals(wasm, body);
        }

        CheckGlobals(wasm, module);
        foreach (ElementSegment segment in module.Elements)
        {
            if (segment.Flags != 0)
            {
                throw Refuse($"element segment with flags {segment.Flags}", segment.Head.Start);
            }
        }
    }

    private static void CheckLocals(ReadOnlySpan<byte> wasm, in FunctionBody body)
    {
        WasmReader groups = new(wasm, body.GroupsStart, body.CodeStart);
        while (!groups.AtEnd)
        {
            _ = groups.ReadU32();
            CheckType(wasm, groups.Position);
            _ = groups.ReadByte();
        }
    }

    private static void CheckGlobals(ReadOnlySpan<byte> wasm, WasmModule module)
    {
        WasmReader globals = new(wasm, module.GlobalBytes.Start, module.GlobalBytes.End);
        while (!globals.AtEnd)
        {
            CheckType(wasm, globals.Position);
            _ = TypeReader.ReadGlobalType(ref globals);
            _ = SegmentReader.ReadConstant(module, ref globals);
        }
    }

    private static void CheckType(ReadOnlySpan<byte> wasm, int offset)
    {
        if (wasm[offset] == (byte)WasmType.FunctionReference)
        {
            throw Refuse("funcref other than as a table's type", offset);
        }
    }

    private static WasmRefusedException Refuse(string reason, int offset) => new(
        RefusalStage.StackLimiter, $"{reason} is unknown to the older instrumenter", offset);
}
