using Filecoin.Wasm.GasMetering;
using Filecoin.Wasm.Reading;
using Filecoin.Wasm.StackLimiter;

namespace Filecoin.Wasm.Writing;

/// <summary>Writes the code section: all bodies metered, then thunks, then the charge.</summary>
internal ref struct CodeWriter(
    ReadOnlySpan<byte> wasm, WasmModule module, LimitedModule limited, RewriteRules rules)
{
    private readonly ReadOnlySpan<byte> wasm = wasm;
    private readonly BlockMeter meter = new(rules.Prices, rules.Instrumenter);
    private readonly OperatorList operators = new();
    private readonly ByteWriter body = new(16 << 10);
    private readonly ChargeCode charge = new(
        module.GasCounter, module.FunctionTypes.Count + limited.Thunked.Count);

    public readonly void Write(ByteWriter output)
    {
        output.WriteU32(module.Bodies.Length + limited.Thunked.Count + 1);
        for (int i = 0; i < module.Bodies.Length; i++)
        {
            limited.ReadLimited(wasm, i, operators);
            WriteDefined(module.Bodies[i]);
            AppendBody(output, module.Bodies[i].GroupsStart);
        }

        for (int i = 0; i < limited.Thunked.Count; i++)
        {
            limited.BuildThunk(i, operators);
            meter.Measure(wasm, operators.Span);
            body.Clear();
            body.WriteU32(0);
            WriteOperators(0);
            AppendBody(output, 0);
        }

        body.Clear();
        charge.WriteFunction(body);
        AppendBody(output, 0);
    }

    private readonly void WriteDefined(in FunctionBody source)
    {
        meter.Measure(wasm, operators.Span);
        int extra = meter.HasUnitPrices ? 1 : 0;
        if (source.LocalCount + extra > Limits.Locals)
        {
            throw new WasmRefusedException(
                RefusalStage.GasMetering, "no local left to count units", source.GroupsStart);
        }

        body.Clear();
        body.WriteU32(source.LocalGroups + extra);
        body.WriteBytes(wasm[source.GroupsStart..source.CodeStart]);
        if (extra == 1)
        {
            body.WriteU32(1);
            body.WriteByte((byte)WasmType.I32);
        }

        WriteOperators(module.Types[source.TypeIndex].ParameterCount + source.LocalCount);
    }

    private readonly void WriteOperators(int unitsLocal)
    {
        BodyWriter writer = new(wasm, body, charge, unitsLocal);
        writer.Write(operators.Span, meter);
    }

    private readonly void AppendBody(ByteWriter output, int sourceOffset)
    {
        if (body.Length > Limits.FunctionBytes)
        {
            throw new WasmRefusedException(
                RefusalStage.GasMetering, "a rewritten function is too large", sourceOffset);
        }

        output.WriteSized(body);
    }
}
