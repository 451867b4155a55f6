namespace Filecoin.Evm;

/// <summary>What a host charges for the interpreter's own work, in any unit it likes.</summary>
/// <remarks>
/// The FEVM has no gas of its own: the reference pays for the Wasm instructions its interpreter
/// takes. A native host estimates them with these prices. They are the only thing that ends an
/// endless loop, so no jump should be free.
/// </remarks>
public sealed class EvmPrices
{
    private readonly uint[] opcodes;

    /// <summary>Prices of the 256 opcodes.</summary>
    public EvmPrices(ReadOnlySpan<uint> opcodes)
    {
        if (opcodes.Length != 256)
        {
            throw new ArgumentException(
                $"there are 256 prices of opcodes, not {opcodes.Length}", nameof(opcodes));
        }

        this.opcodes = opcodes.ToArray();
    }

    /// <summary>For each new word of memory.</summary>
    public uint MemoryWord { get; init; }

    /// <summary>For each word copied into, within or out of memory.</summary>
    public uint CopiedWord { get; init; }

    /// <summary>For each bit of an exponent.</summary>
    public uint ExponentBit { get; init; }

    internal uint[] Opcodes => opcodes;
}
