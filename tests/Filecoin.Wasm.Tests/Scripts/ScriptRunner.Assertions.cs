using Filecoin.Wasm.Reading;
using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>What each kind of assertion wants.</summary>
internal sealed partial class ScriptRunner
{
    private void AssertReturn(Expression command)
    {
        if (!Act(command.Items![1], command.Line, out WasmValue[] results, out TrapCode? trap))
        {
            return;
        }

        Expression[] expected = [.. command.Items.Skip(2)];
        bool holds = trap is null
            && expected.Length == results.Length
            && expected.Zip(results).All(pair => Matches(pair.First, pair.Second));
        if (!holds)
        {
            string actual = trap?.ToString() ?? string.Join(' ', results);
            report.Fail(command.Line, $"{command.Text} gave {actual}");
        }
    }

    private bool Matches(Expression expected, WasmValue actual)
    {
        if (literals.TryGet(expected, out WasmValue value))
        {
            return value == actual;
        }

        return expected.Head switch
        {
            "f32.const" => actual.Kind == ValueKind.Float32
                && IsNaN(expected, actual.Bits, 0x7FC0_0000, 0x7FFF_FFFF),
            "f64.const" => actual.Kind == ValueKind.Float64
                && IsNaN(expected, actual.Bits, 0x7FF8L << 48, long.MaxValue),
            "ref.null" => actual == new WasmValue(ValueKind.FuncRef, 0),
            "ref.func" => actual == new WasmValue(ValueKind.FuncRef, 1),
            _ => throw new NotSupportedException(expected.Text),
        };
    }

    /// <summary>
    /// Canonical: the quiet bit alone, either sign; arithmetic: at least that bit.
    /// </summary>
    private static bool IsNaN(Expression expected, ulong bits, ulong canonical, ulong magnitude) =>
        expected.Items![1].Text == "nan:canonical"
            ? (bits & magnitude) == canonical
            : (bits & canonical) == canonical;

    private void AssertTrap(Expression command)
    {
        if (!Act(command.Items![1], command.Line, out _, out TrapCode? trap))
        {
            return;
        }

        string text = command.Items[2].String();
        if (!TrapText.Matches(text, trap))
        {
            report.Fail(command.Line, $"expected trap '{text}', not {trap}");
        }
    }

    private void AssertModuleTraps(Expression command)
    {
        Expression definition = command.Items![1];
        Module? module = Build(definition, out string reason);
        if (module is null)
        {
            report.Refuse(definition.Line, reason);
            report.Skip(definition.Line);
            return;
        }

        report.Ran++;
        string text = command.Items[2].String();
        _ = store.Instantiate(module, out _, out TrapCode? trap);
        if (!TrapText.Matches(text, trap))
        {
            report.Fail(command.Line, $"expected trap '{text}', not {trap}");
        }
    }

    /// <summary>
    /// Malformed bytes are for our reader to refuse alone; types, and whether code needs a data
    /// count, are left to the engine.
    /// </summary>
    private void AssertRefused(Expression command)
    {
        report.Ran++;
        if (ScriptModule.Convert(command.Items![1], out _) is not byte[] wasm
            || RefusedByReader(wasm))
        {
            return;
        }

        string reason = command.Items[2].String();
        bool bytesAlone =
            command.Head == "assert_malformed" && reason != "data count section required";
        if (bytesAlone
            || Wasmtime.Module.Validate(ReferenceEngine.Instance, wasm) is null)
        {
            report.Fail(command.Line, $"accepted: {reason}");
        }
    }

    private static bool RefusedByReader(byte[] wasm)
    {
        try
        {
            WasmModule module = ModuleReader.Read(wasm);
            OperatorList operators = new();
            foreach (FunctionBody body in module.Bodies)
            {
                OperatorReader.ReadBody(wasm, body, Instrumenter.Current, operators);
            }

            return false;
        }
        catch (WasmRefusedException)
        {
            return true;
        }
    }

    private void AssertUnlinkable(Expression command)
    {
        Expression definition = command.Items![1];
        Module? module = Build(definition, out string reason);
        if (module is null)
        {
            report.Refuse(definition.Line, reason);
            report.Skip(definition.Line);
            return;
        }

        report.Ran++;
        try
        {
            _ = store.Instantiate(module, out _, out TrapCode? trap);
            report.Fail(command.Line, $"linked, trap {trap}");
        }
        catch (WasmtimeException)
        {
            // As it should be: nothing was linked.
        }
    }
}
