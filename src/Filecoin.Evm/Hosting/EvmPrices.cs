namespace Filecoin.Evm;

/// <summary>The interpreter's work that depends on sizes and values.</summary>
public enum EvmWork
{
    /// <summary>A byte of a contract's code, which is looked through before it runs.</summary>
    CodeByte,

    /// <summary>An instruction of it.</summary>
    CodeInstruction,

    /// <summary>A new word of memory.</summary>
    MemoryWord,

    /// <summary>A word copied into, within or out of memory.</summary>
    CopiedWord,

    /// <summary>A word of an event's data.</summary>
    LogWord,

    /// <summary>A bit of an exponent.</summary>
    ExponentBit,

    /// <summary>A bit of an exponent that is one.</summary>
    ExponentOne,

    /// <summary>A division by at most eight bytes.</summary>
    ShortDivision,

    /// <summary>
    /// Four bytes of a quotient by more, and four more for each division by more.
    /// </summary>
    LongQuotient,

    /// <summary>As a short division, of a sum or product.</summary>
    WideShortDivision,

    /// <summary>Eight bytes of a quotient of a sum or product by more than eight bytes.</summary>
    WideQuotient,

    /// <summary>Eight bytes of the first factor of a product that is divided.</summary>
    WideProduct,
}

/// <summary>What a host charges for the interpreter's own work, in any unit it likes.</summary>
/// <remarks>
/// The FEVM has no gas of its own: the reference pays for the Wasm instructions its interpreter
/// takes. A native host estimates them with these prices. They are the only thing that ends an
/// endless loop, so no jump should be free.
/// </remarks>
public sealed class EvmPrices
{
    /// <summary>How many opcodes there are, defined or not.</summary>
    public const int OpcodeCount = 256;

    private const int Kinds = (int)EvmWork.WideProduct + 1;

    private readonly uint[] sized = new uint[Kinds];

    /// <summary>Prices of the 256 opcodes, and of other work; what is missing is free.</summary>
    public EvmPrices(
        ReadOnlySpan<uint> opcodes, params ReadOnlySpan<(EvmWork Kind, uint Price)> others)
    {
        if (opcodes.Length != OpcodeCount)
        {
            throw new ArgumentException(
                $"there are 256 prices of opcodes, not {opcodes.Length}", nameof(opcodes));
        }

        Opcodes = opcodes.ToArray();
        foreach ((EvmWork kind, uint price) in others)
        {
            sized[(int)kind] = price;
        }
    }

    /// <summary>The price of a unit of other work.</summary>
    public uint this[EvmWork kind] => sized[(int)kind];

    internal uint[] Opcodes { get; }
}
