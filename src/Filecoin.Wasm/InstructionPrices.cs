namespace Filecoin.Wasm;

/// <summary>What running Wasm instructions costs, in milligas.</summary>
/// <remarks>
/// Spec:  FIP-0032; ref-fvm fvm/src/gas/price_list.rs, WasmGasPrices.
/// Units: milligas; a linear price is added per unit of the instruction's top operand. A linear
/// price of zero makes the instruction flat. Linear prices stay below 2^31.
/// Free whatever the prices: nop, block, loop, unreachable, return, else, end, drop.
/// </remarks>
public sealed record InstructionPrices
{
    /// <summary>Every instruction that is not free.</summary>
    public required uint Instruction { get; init; }

    /// <summary>memory.grow, per page.</summary>
    public uint MemoryGrowPerPage { get; init; }

    /// <summary>memory.copy and memory.init, per byte.</summary>
    public uint MemoryCopyPerByte { get; init; }

    /// <summary>memory.fill, per byte.</summary>
    public uint MemoryFillPerByte { get; init; }

    /// <summary>table.copy and table.init, per element.</summary>
    public uint TableCopyPerElement { get; init; }

    /// <summary>table.fill and table.grow, per element.</summary>
    public uint TableFillPerElement { get; init; }

    /// <summary>Network version 17: 4 gas an instruction, bulk instructions included.</summary>
    public static InstructionPrices Shark { get; } = new() { Instruction = 4_000 };

    /// <summary>Network versions 18 to 28: bulk instructions also pay for their size.</summary>
    public static InstructionPrices Hygge { get; } = new()
    {
        Instruction = 4_000,
        MemoryGrowPerPage = 400 * 65_536,
        MemoryCopyPerByte = 400,
        MemoryFillPerByte = 400,
        TableCopyPerElement = 400 * 8,
        TableFillPerElement = 400 * 8,
    };
}
