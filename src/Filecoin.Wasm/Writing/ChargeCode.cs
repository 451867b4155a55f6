using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.Writing;

/// <summary>The code that takes a cost off the gas counter.</summary>
/// <remarks>
/// The counter wraps, and the code traps if that leaves it below 0. The charge of a metered block
/// stands in place, for blocks are short and run often. Charges of linear prices call a function.
/// </remarks>
/// <param name="Counter">Index of the counter's global.</param>
/// <param name="Function">Index of the charge function.</param>
internal readonly record struct ChargeCode(int Counter, int Function)
{
    private const byte EmptyBlock = 0x40;

    /// <summary>Writes the charge of a metered block.</summary>
    public void WriteBlock(ByteWriter output, long cost)
    {
        Write(output, Opcode.GlobalGet, Counter);
        output.WriteByte((byte)Opcode.I64Const);
        output.WriteSigned(cost);
        WriteSubtraction(output);
    }

    /// <summary>Writes a call that charges the i64 on top of the stack.</summary>
    public void WriteCall(ByteWriter output) => Write(output, Opcode.Call, Function);

    /// <summary>Writes the body of the charge function.</summary>
    public void WriteFunction(ByteWriter output)
    {
        output.WriteU32(0);
        Write(output, Opcode.GlobalGet, Counter);
        Write(output, Opcode.LocalGet, 0);
        WriteSubtraction(output);
        output.WriteByte((byte)Opcode.End);
    }

    private void WriteSubtraction(ByteWriter output)
    {
        output.WriteByte((byte)Opcode.I64Sub);
        Write(output, Opcode.GlobalSet, Counter);
        Write(output, Opcode.GlobalGet, Counter);
        output.WriteByte((byte)Opcode.I64Const);
        output.WriteSigned(0);
        output.WriteByte((byte)Opcode.I64LtS);
        output.WriteByte((byte)Opcode.If);
        output.WriteByte(EmptyBlock);
        output.WriteByte((byte)Opcode.Unreachable);
        output.WriteByte((byte)Opcode.End);
    }

    private static void Write(ByteWriter output, Opcode opcode, int index)
    {
        output.WriteByte((byte)opcode);
        output.WriteU32(index);
    }
}
