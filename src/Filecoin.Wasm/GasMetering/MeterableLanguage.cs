using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.GasMetering;

/// <summary>What gas metering asks of a module besides its code.</summary>
/// <remarks>Spec: fvm-wasm-instrument src/gas_metering/mod.rs, inject; wasm-engine 4.1.</remarks>
internal static class MeterableLanguage
{
    public static void Check(WasmModule module, Instrumenter instrumenter)
    {
        CheckImports(module, instrumenter);
        foreach (ElementSegment segment in module.Elements)
        {
            bool mustBeLiteral = instrumenter == Instrumenter.Legacy && segment.IsActive;
            if (mustBeLiteral && !IsLiteral(segment.Offset))
            {
                throw Refuse("offset of an element segment other than i32.const", segment.Head);
            }

            if (segment.HasExpressions && segment.ItemCount > 0)
            {
                throw Refuse("an element segment of expressions", segment.Head);
            }
        }

        foreach (DataSegment segment in module.Data)
        {
            if (segment.IsActive && !IsLiteral(segment.Offset))
            {
                throw Refuse(
                    "offset of a data segment other than i32.const", segment.Offset.Bytes);
            }
        }
    }

    private static void CheckImports(WasmModule module, Instrumenter instrumenter)
    {
        foreach (Import import in module.Imports)
        {
            if (import.Kind != ExternalKind.Global)
            {
                continue;
            }

            bool isModule = import.Module == GasCounter.ModuleName;
            bool isField = import.Name == GasCounter.FieldName(instrumenter);
            string? refusal = instrumenter switch
            {
                Instrumenter.Current when isModule && isField => "imports the gas counter",
                Instrumenter.Legacy when isModule == isField => "imports a global",
                _ => null,
            };
            if (refusal is not null)
            {
                throw new WasmRefusedException(
                    RefusalStage.GasMetering, refusal, import.Offset);
            }
        }
    }

    private static bool IsLiteral(in ConstantExpression expression) =>
        expression.Operator.Opcode == Opcode.I32Const;

    private static WasmRefusedException Refuse(string reason, ByteRange at) =>
        new(RefusalStage.GasMetering, reason, at.Start);
}
