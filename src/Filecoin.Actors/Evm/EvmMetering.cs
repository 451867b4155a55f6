using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>What a contract's own work costs where it is not run as Wasm, in milligas.</summary>
/// <remarks>
/// The reference pays for the Wasm instructions that its interpreter takes. Without an estimate
/// of them a contract pays nothing for its own work, but it ends as one whose gas is gone when
/// even the least that it can have cost is more than what is left.
/// </remarks>
public sealed record EvmMetering
{
    // Each instruction takes at least one of Wasm, of four gas; so does a round of BLAKE2b.
    private const uint LeastMilligas = 4_000;
    private const int Blake = 9;

    /// <summary>Nothing is charged; loops without end are ended.</summary>
    public static EvmMetering Free { get; } = new() { Prices = Least() };

    /// <summary>Prices of the interpreter's work.</summary>
    public required EvmPrices Prices { get; init; }

    /// <summary>
    /// The price of Ethereum's precompiled contracts, from number and work as Ethereum counts it.
    /// </summary>
    public Func<int, long, long> Precompiles { get; init; } =
        static (number, work) => number == Blake ? work * LeastMilligas : 0;

    /// <summary>Whether work is paid for, or only bounded.</summary>
    public bool IsCharged { get; init; }

    private static EvmPrices Least()
    {
        Span<uint> opcodes = stackalloc uint[256];
        opcodes.Fill(LeastMilligas);
        return new(opcodes);
    }
}
