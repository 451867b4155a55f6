using Filecoin.Wasm.Tests.Running;
using Wasmtime;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>
/// Runs a script of the WebAssembly suite on modules that went through both passes.
/// </summary>
internal sealed partial class ScriptRunner : IDisposable
{
    private readonly RewriteRules rules;
    private readonly ScriptStore store;
    private readonly ScriptReport report;
    private readonly Literals literals;
    private readonly Dictionary<string, Target> named = [];
    private readonly Dictionary<string, int> registeredRefused = [];
    private Target current;

    private ScriptRunner(List<Expression> script, RewriteRules rules, ScriptReport report)
    {
        this.rules = rules;
        store = new();
        this.report = report;
        literals = new(script);
        Spectest.DefineAll(store);
    }

    /// <summary>An instance, or the line of the module that was refused.</summary>
    private readonly record struct Target(Instance? Instance, int RefusedLine);

    public static ScriptReport Run(string source, RewriteRules rules)
    {
        List<Expression> script = ExpressionReader.ReadAll(source);
        ScriptReport report = new();
        if (script.TrueForAll(node => !IsCommand(node.Head)))
        {
            // The script is the body of one module.
            Expression module = new(source, 0, source.Length, script);
            byte[]? wasm = ScriptModule.Convert(module, out string reason);
            return wasm is null
                ? throw new InvalidDataException(reason)
                : RunOne(wasm, rules, report);
        }

        using ScriptRunner runner = new(script, rules, report);
        foreach (Expression command in script)
        {
            runner.Execute(command);
        }

        return report;
    }

    public void Dispose() => store.Dispose();

    private static ScriptReport RunOne(byte[] wasm, RewriteRules rules, ScriptReport report)
    {
        report.Ran++;
        if (RewrittenModule.Build(wasm, rules, out _, out string reason) is null)
        {
            report.Refuse(1, reason);
        }

        return report;
    }

    private static bool IsCommand(string head) =>
        head is "module" or "register" or "invoke" or "get"
        || head.StartsWith("assert_", StringComparison.Ordinal);

    private void Execute(Expression command)
    {
        switch (command.Head)
        {
            case "module":
                DefineModule(command);
                break;
            case "register":
                Register(command);
                break;
            case "invoke" or "get":
                _ = Act(command, command.Line, out _, out _);
                break;
            case "assert_return":
                AssertReturn(command);
                break;
            case "assert_trap" when command.Items![1].Head == "module":
                AssertModuleTraps(command);
                break;
            case "assert_trap" or "assert_exhaustion":
                AssertTrap(command);
                break;
            case "assert_invalid" or "assert_malformed":
                AssertRefused(command);
                break;
            case "assert_unlinkable":
                AssertUnlinkable(command);
                break;
            default:
                report.Fail(command.Line, $"unknown command {command.Head}");
                break;
        }
    }

    private void DefineModule(Expression command)
    {
        Target target = Load(command);
        current = target;
        if (ScriptModule.NameOf(command) is string name)
        {
            named[name] = target;
        }
    }

    /// <summary>Instantiates a module that ought to be fine; refused ones are noted.</summary>
    private Target Load(Expression command)
    {
        Module? module = Build(command, out string reason);
        if (module is null)
        {
            report.Refuse(command.Line, reason);
            return new(null, command.Line);
        }

        foreach (Import import in module.Imports)
        {
            if (registeredRefused.TryGetValue(import.ModuleName, out int line))
            {
                report.Refuse(command.Line, $"imports from the module of line {line}");
                return new(null, command.Line);
            }
        }

        Instance? instance = store.Instantiate(module, out _, out TrapCode? trap);
        if (instance is null)
        {
            report.Fail(command.Line, $"instantiation trapped: {trap}");
        }

        return new(instance, 0);
    }

    private Module? Build(Expression command, out string reason)
    {
        byte[]? wasm = ScriptModule.Convert(command, out reason);
        if (wasm is null)
        {
            return null;
        }

        Module? module = RewrittenModule.Build(wasm, rules, out string step, out reason);
        if (module is not null && ScriptModule.ImportsGlobal(wasm))
        {
            reason = "imports a global, which no host defines";
            return null;
        }

        if (step == RewrittenModule.Compile && !ScriptModule.ImportsGlobal(wasm))
        {
            report.Fail(command.Line, $"valid, but not once rewritten: {reason}");
        }
        else if (step == RewrittenModule.Compile)
        {
            reason = "imports a global, which no host defines";
        }

        return module;
    }

    private void Register(Expression command)
    {
        string name = command.Items![1].String();
        Target target = command.Items.Count > 2 ? named[command.Items[2].Text] : current;
        if (target.Instance is null)
        {
            registeredRefused[name] = target.RefusedLine;
            return;
        }

        _ = registeredRefused.Remove(name);
        store.Linker.DefineInstance(store.Store, name, target.Instance);
    }

    /// <summary>Runs an action; false if its module was refused.</summary>
    private bool Act(Expression action, int line, out WasmValue[] results, out TrapCode? trap)
    {
        (results, trap) = ([], null);
        List<Expression> rest = [.. action.Arguments];
        bool hasName = !rest[0].IsString;
        Target target = hasName ? named[rest[0].Text] : current;
        int at = hasName ? 1 : 0;
        if (target.Instance is null)
        {
            report.Skip(target.RefusedLine);
            return false;
        }

        report.Ran++;
        string export = rest[at].String();
        if (action.Head == "get")
        {
            results = [WasmValue.Of(target.Instance.GetGlobal(export)!.GetValue())];
            return true;
        }

        if (target.Instance.GetFunction(export) is not Function function)
        {
            report.Fail(line, $"no function {export}");
            return true;
        }

        WasmValue[] arguments = [.. rest.Skip(at + 1).Select(ReadArgument)];
        object? result = store.Call(function, arguments, out _, out trap);
        results = trap is null && function.Results.Count == 1 ? [WasmValue.Of(result)] : [];
        return true;
    }

    private WasmValue ReadArgument(Expression node)
    {
        if (literals.TryGet(node, out WasmValue value))
        {
            return value;
        }

        return node.Head == "ref.null"
            ? new(ValueKind.FuncRef, 0)
            : throw new NotSupportedException(node.Text);
    }
}
