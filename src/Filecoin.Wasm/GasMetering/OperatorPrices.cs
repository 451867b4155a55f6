using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.GasMetering;

/// <summary>The price of each operator.</summary>
/// <remarks>
/// Spec:  ref-fvm fvm/src/gas/price_list.rs, impl Rules for WasmGasPrices; wasm-engine 6.2.
/// Units: milligas.
/// </remarks>
internal sealed class OperatorPrices
{
    private readonly InstructionPrices prices;

    public OperatorPrices(InstructionPrices prices)
    {
        CheckLinear(prices.MemoryGrowPerPage);
        CheckLinear(prices.MemoryCopyPerByte);
        CheckLinear(prices.MemoryFillPerByte);
        CheckLinear(prices.TableCopyPerElement);
        CheckLinear(prices.TableFillPerElement);
        this.prices = prices;
    }

    /// <summary>What an operator costs whatever its operands.</summary>
    public uint FixedPrice(Opcode opcode) => opcode switch
    {
        Opcode.Unreachable or Opcode.Nop or Opcode.Block or Opcode.Loop => 0,
        Opcode.Else or Opcode.End or Opcode.Return or Opcode.Drop => 0,
        _ => prices.Instruction,
    };

    /// <summary>What each unit of an operator's top operand costs.</summary>
    public uint UnitPrice(Opcode opcode) => opcode switch
    {
        Opcode.MemoryGrow => prices.MemoryGrowPerPage,
        Opcode.MemoryCopy or Opcode.MemoryInit => prices.MemoryCopyPerByte,
        Opcode.MemoryFill => prices.MemoryFillPerByte,
        Opcode.TableCopy or Opcode.TableInit => prices.TableCopyPerElement,
        Opcode.TableFill or Opcode.TableGrow => prices.TableFillPerElement,
        _ => 0,
    };

    /// <summary>
    /// Below 2^31 a unit price times an unsigned operand fits the signed counter.
    /// </summary>
    private static void CheckLinear(uint price) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(price, (uint)int.MaxValue);
}
