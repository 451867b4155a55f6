using Filecoin.Wasm.Reading;
using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>The constants of a script, made bits by Wasmtime's own text reader in one go.</summary>
internal sealed class Literals
{
    private readonly Dictionary<string, WasmValue> values = [];

    public Literals(IEnumerable<Expression> script)
    {
        string[] texts = [.. script.SelectMany(Find).Distinct()];
        if (texts.Length == 0)
        {
            return;
        }

        byte[] wasm = Module.ConvertText(
            $"(module (func {string.Join(' ', texts.Select(text => $"{text} drop"))}))");
        WasmModule module = ModuleReader.Read(wasm);
        OperatorList operators = new();
        OperatorReader.ReadBody(wasm, module.Bodies[0], Instrumenter.Current, operators);
        for (int i = 0; i < texts.Length; i++)
        {
            values[texts[i]] = Read(wasm, operators.Span[i * 2]);
        }
    }

    /// <summary>Whether a node is a constant whose value is known.</summary>
    public bool TryGet(Expression node, out WasmValue value) =>
        values.TryGetValue(node.Text, out value);

    private static IEnumerable<string> Find(Expression node)
    {
        if (node.Items is null || node.Head == "module")
        {
            return [];
        }

        bool constant = node.Head is "i32.const" or "i64.const" or "f32.const" or "f64.const";
        bool pattern = constant && node.Items[1].Text is "nan:canonical" or "nan:arithmetic";
        return constant && !pattern ? [node.Text] : node.Items.SelectMany(Find);
    }

    private static WasmValue Read(byte[] wasm, Operator constant)
    {
        ReadOnlySpan<byte> immediate = wasm.AsSpan((constant.Start + 1)..constant.End);
        WasmReader reader = new(wasm, constant.Start + 1, constant.End);
        return constant.Opcode switch
        {
            Opcode.I32Const => WasmValue.Of(constant.Immediate),
            Opcode.I64Const => WasmValue.Of(reader.ReadS64()),
            Opcode.F32Const => new(ValueKind.Float32, BitConverter.ToUInt32(immediate)),
            Opcode.F64Const => new(ValueKind.Float64, BitConverter.ToUInt64(immediate)),
            _ => throw new NotSupportedException(constant.Opcode.ToString()),
        };
    }
}
