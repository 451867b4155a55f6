namespace Filecoin.Wasm.Reading;

/// <summary>Reads types, and refuses those outside the accepted language by their name.</summary>
/// <remarks>Spec: WebAssembly core specification 2.0, 5.3.</remarks>
internal static class TypeReader
{
    private const byte FunctionForm = 0x60;
    private const byte EmptyBlock = 0x40;

    public static WasmType ReadValueType(ref WasmReader reader)
    {
        byte form = reader.Peek();
        return IsValueType(form) ? (WasmType)reader.ReadByte() : throw RefuseType(reader, form);
    }

    /// <summary>Reads what a null reference could refer to: functions alone.</summary>
    public static void ReadHeapType(ref WasmReader reader)
    {
        byte form = reader.Peek();
        if (form != (byte)WasmType.FunctionReference)
        {
            throw RefuseType(reader, form);
        }

        _ = reader.ReadByte();
    }

    public static FunctionType ReadFunctionType(ref WasmReader reader)
    {
        if (reader.Peek() != FunctionForm)
        {
            throw reader.Refuse(reader.Peek() is >= 0x4E and <= 0x5F
                ? "GC types are not accepted"
                : "not a function type");
        }

        _ = reader.ReadByte();
        int parameters = reader.ReadCount(Limits.Parameters, "parameters");
        int offset = reader.Position;
        for (int i = 0; i < parameters; i++)
        {
            _ = ReadValueType(ref reader);
        }

        int results = reader.ReadCount(int.MaxValue, "results");
        if (results > 1)
        {
            throw reader.Refuse("multi-value is not accepted: a function has at most one result");
        }

        int resultOffset = reader.Position;
        if (results == 1)
        {
            _ = ReadValueType(ref reader);
        }

        return new(offset, parameters, resultOffset, results);
    }

    /// <summary>Reads the type of a block; returns how many results it has, 0 or 1.</summary>
    public static int ReadBlockType(ref WasmReader reader)
    {
        byte form = reader.Peek();
        if (form == EmptyBlock)
        {
            _ = reader.ReadByte();
            return 0;
        }

        if (IsValueType(form))
        {
            _ = reader.ReadByte();
            return 1;
        }

        throw form < 0x40 || form >= 0x80
            ? reader.Refuse("multi-value is not accepted: a block type by index")
            : RefuseType(reader, form);
    }

    public static Limit ReadTableType(ref WasmReader reader)
    {
        byte form = reader.Peek();
        if (form != (byte)WasmType.FunctionReference)
        {
            throw form == 0x40
                ? reader.Refuse("a table with an initial value is not accepted")
                : RefuseType(reader, form);
        }

        _ = reader.ReadByte();
        Limit limit = ReadLimit(ref reader, "table");
        return limit.Minimum <= Limits.TableElements
            ? limit
            : throw reader.Refuse($"table of more than {Limits.TableElements} elements");
    }

    public static Limit ReadMemoryType(ref WasmReader reader)
    {
        Limit limit = ReadLimit(ref reader, "memory");
        return Math.Max(limit.Minimum, limit.Maximum ?? 0) <= Limits.MemoryPages
            ? limit
            : throw reader.Refuse($"memory of more than {Limits.MemoryPages} pages");
    }

    /// <summary>Reads a global's type; returns whether it is mutable.</summary>
    public static bool ReadGlobalType(ref WasmReader reader)
    {
        _ = ReadValueType(ref reader);
        byte mutability = reader.ReadByte();
        return mutability switch
        {
            0 => false,
            1 => true,
            2 or 3 => throw reader.Refuse("shared globals are not accepted"),
            _ => throw reader.Refuse("malformed mutability"),
        };
    }

    private static Limit ReadLimit(ref WasmReader reader, string what)
    {
        byte flags = reader.ReadByte();
        if (flags > 1)
        {
            throw reader.Refuse(flags switch
            {
                2 or 3 => $"shared {what} is not accepted",
                <= 7 => $"64-bit {what} is not accepted",
                <= 15 => $"{what} with a page size of its own is not accepted",
                _ => $"malformed limits of a {what}",
            });
        }

        long minimum = reader.ReadU32();
        long? maximum = flags == 1 ? reader.ReadU32() : null;
        return maximum is null || minimum <= maximum
            ? new(minimum, maximum)
            : throw reader.Refuse($"minimum of a {what} above its maximum");
    }

    private static bool IsValueType(byte form) =>
        form is (>= 0x7C and <= 0x7F) or (byte)WasmType.FunctionReference;

    private static WasmRefusedException RefuseType(WasmReader reader, byte form) =>
        reader.Refuse(form switch
        {
            0x7B => "SIMD is not accepted: type v128",
            0x6F => "GC types are not accepted: type externref",
            0x69 or 0x74 => "exceptions are not accepted: type exnref",
            0x63 or 0x64 => "typed function references are not accepted",
            >= 0x65 and <= 0x75 => "GC types are not accepted",
            _ => $"malformed value type 0x{form:x2}",
        });
}
