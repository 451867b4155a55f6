using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>A value by its bits; a function reference is 0 for null and 1 for some.</summary>
internal readonly record struct WasmValue(ValueKind Kind, ulong Bits)
{
    public static WasmValue Of(object? result) => result switch
    {
        int value => new(ValueKind.Int32, unchecked((uint)value)),
        long value => new(ValueKind.Int64, unchecked((ulong)value)),
        float value => new(ValueKind.Float32, BitConverter.SingleToUInt32Bits(value)),
        double value => new(ValueKind.Float64, BitConverter.DoubleToUInt64Bits(value)),
        Function function => new(ValueKind.FuncRef, function.IsNull ? 0UL : 1UL),
        null => new(ValueKind.FuncRef, 0),
        _ => throw new NotSupportedException(result.GetType().Name),
    };

    public ValueBox ToBox() => Kind switch
    {
        ValueKind.Int32 => unchecked((int)(uint)Bits),
        ValueKind.Int64 => unchecked((long)Bits),
        ValueKind.Float32 => BitConverter.UInt32BitsToSingle((uint)Bits),
        ValueKind.Float64 => BitConverter.UInt64BitsToDouble(Bits),
        ValueKind.FuncRef when Bits == 0 => Function.Null,
        _ => throw new NotSupportedException(Kind.ToString()),
    };
}
