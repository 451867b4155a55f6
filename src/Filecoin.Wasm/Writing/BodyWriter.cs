using Filecoin.Wasm.GasMetering;
using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.Writing;

/// <summary>Writes the operators of one function with the charges of its metered blocks.</summary>
/// <remarks>
/// Spec: fvm-wasm-instrument src/gas_metering/mod.rs, insert_metering_calls.
/// Untouched operators are copied from the module read, in runs as long as they get.
/// </remarks>
internal ref struct BodyWriter(
    ReadOnlySpan<byte> wasm, ByteWriter output, ChargeCode charge, int unitsLocal)
{
    private const byte EmptyBlock = 0x40;

    private readonly ReadOnlySpan<byte> wasm = wasm;
    private int runStart;
    private int runEnd;

    public void Write(ReadOnlySpan<Operator> operators, BlockMeter meter)
    {
        ReadOnlySpan<ulong> charges = meter.Charges;
        ReadOnlySpan<uint> unitPrices = meter.UnitPrices;
        for (int position = 0; position < operators.Length; position++)
        {
            if (charges[position] != 0)
            {
                FlushRun();
                WriteCharge(charges[position]);
            }

            if (unitPrices[position] != 0)
            {
                FlushRun();
                WriteUnitCharge(unitPrices[position]);
            }

            WriteOperator(operators[position]);
        }

        FlushRun();
    }

    private void WriteOperator(in Operator next)
    {
        if (next.Start < 0)
        {
            FlushRun();
            WriteAdded(next);
        }
        else
        {
            if (next.Start != runEnd)
            {
                FlushRun();
                runStart = next.Start;
            }

            runEnd = next.End;
        }
    }

    private void FlushRun()
    {
        output.WriteBytes(wasm[runStart..runEnd]);
        runStart = 0;
        runEnd = 0;
    }

    private readonly void WriteAdded(in Operator added)
    {
        switch (added.Opcode)
        {
            case Opcode.Call or Opcode.LocalGet or Opcode.GlobalGet or Opcode.GlobalSet:
                WriteIndexed(added.Opcode, added.Immediate);
                break;
            case Opcode.I32Const:
                output.WriteByte((byte)added.Opcode);
                output.WriteSigned(added.Immediate);
                break;
            case Opcode.If:
                output.WriteByte((byte)added.Opcode);
                output.WriteByte(EmptyBlock);
                break;
            default:
                output.WriteByte((byte)added.Opcode);
                break;
        }
    }

    private readonly void WriteIndexed(Opcode opcode, int index)
    {
        output.WriteByte((byte)opcode);
        output.WriteU32(index);
    }

    // Quirk: a block's price above 2^63 becomes negative, as in the reference.
    private readonly void WriteCharge(ulong cost) =>
        charge.WriteBlock(output, unchecked((long)cost));

    /// <summary>
    /// Charges for the units on top of the stack, read as unsigned, and keeps them.
    /// </summary>
    private readonly void WriteUnitCharge(uint unitPrice)
    {
        WriteIndexed(Opcode.LocalTee, unitsLocal);
        WriteIndexed(Opcode.LocalGet, unitsLocal);
        output.WriteByte((byte)Opcode.I64ExtendI32U);
        output.WriteByte((byte)Opcode.I64Const);
        output.WriteSigned(unitPrice);
        output.WriteByte((byte)Opcode.I64Mul);
        charge.WriteCall(output);
    }
}
