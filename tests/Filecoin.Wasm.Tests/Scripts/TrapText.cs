using Wasmtime;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>The suite's words for traps.</summary>
internal static class TrapText
{
    public static bool Matches(string text, TrapCode? trap) => trap == text switch
    {
        // The stack limiter's own check comes before the engine's.
        "call stack exhausted" or "unreachable" => TrapCode.Unreachable,
        "out of bounds memory access" => TrapCode.MemoryOutOfBounds,
        "out of bounds table access" or "undefined element" => TrapCode.TableOutOfBounds,
        "indirect call type mismatch" => TrapCode.BadSignature,
        "integer divide by zero" => TrapCode.IntegerDivisionByZero,
        "integer overflow" => TrapCode.IntegerOverflow,
        "invalid conversion to integer" => TrapCode.BadConversionToInteger,
        _ when text.StartsWith("uninitialized element", StringComparison.Ordinal) =>
            TrapCode.IndirectCallToNull,
        _ => throw new NotSupportedException(text),
    };
}
