using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>What a contract's own work costs where it is not run as Wasm, in milligas.</summary>
/// <remarks>
/// The reference pays for the Wasm instructions that its interpreter takes. Without an estimate
/// of them a contract pays nothing for its own work, but it ends as one whose gas is gone when
/// even the least that it can have cost is more than what is left. The least is no estimate: most
/// instructions cost two to three times as much.
/// </remarks>
public sealed record EvmMetering
{
    // JUMPDEST, the cheapest, which does nothing: measured on the Wasm of version 18, mainnet.
    private const uint LeastMilligas = 224_000;

    // Eight times fourteen operations on words, of four gas each.
    private const int BlakeRoundMilligas = 448_000;
    private const int Blake = 9;

    private const uint ExponentBitWeight = 4;

    /// <summary>
    /// Opcodes, first and last, that weigh more than one unit: products 2, quotients 8, those of
    /// sums and products 20, powers 4, shifts 2, hashes 4, words of memory and storage 2, logs 8,
    /// calls and creations 20.
    /// </summary>
    private static readonly (byte First, byte Last, uint Weight)[] Weights =
    [
        (0x02, 0x02, 2), (0x04, 0x07, 8), (0x08, 0x09, 20), (0x0A, 0x0A, 4), (0x0B, 0x0B, 2),
        (0x1A, 0x1D, 2), (0x20, 0x20, 4), (0x51, 0x55, 2), (0xA0, 0xA4, 8), (0xF0, 0xF2, 20),
        (0xF4, 0xF5, 20), (0xFA, 0xFA, 20),
    ];

    /// <summary>Nothing is charged; loops without end are ended.</summary>
    public static EvmMetering Free { get; } = new() { Prices = Least() };

    /// <summary>Prices of the interpreter's work.</summary>
    public required EvmPrices Prices { get; init; }

    /// <summary>
    /// The price of Ethereum's precompiled contracts, from number and work as Ethereum counts it.
    /// </summary>
    public Func<int, long, long> Precompiles { get; init; } =
        static (number, work) => number == Blake ? work * BlakeRoundMilligas : 0;

    /// <summary>Whether work is paid for, or only bounded.</summary>
    public bool IsCharged { get; init; }

    /// <summary>Work is paid for by what kinds of instructions weigh beside one another.</summary>
    /// <param name="milligas">What an instruction that moves a word on the stack costs.</param>
    /// <remarks>
    /// The weights are reviewed by hand and not fitted; only the unit is, by the bench's
    /// <c>estimate</c>.
    /// </remarks>
    public static EvmMetering Weighed(uint milligas)
    {
        Span<uint> opcodes = stackalloc uint[256];
        opcodes.Fill(milligas);
        foreach ((byte first, byte last, uint weight) in Weights)
        {
            opcodes[first..(last + 1)].Fill(weight * milligas);
        }

        return new()
        {
            Prices = new(opcodes)
            {
                MemoryWord = milligas,
                CopiedWord = milligas,
                ExponentBit = ExponentBitWeight * milligas,
            },
            IsCharged = true,
        };
    }

    private static EvmPrices Least()
    {
        Span<uint> opcodes = stackalloc uint[256];
        opcodes.Fill(LeastMilligas);
        return new(opcodes);
    }
}
