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

    /// <summary>Nothing is charged; loops without end are ended.</summary>
    public static EvmMetering Free { get; } = new()
    {
        Prices = Least(),
        Precompiles = new Dictionary<int, PrecompilePrice>
        {
            [Blake] = new(0, BlakeRoundMilligas),
        },
    };

    /// <summary>Prices of the interpreter's work.</summary>
    public required EvmPrices Prices { get; init; }

    /// <summary>Prices of Ethereum's precompiled contracts by number; others are free.</summary>
    public required IReadOnlyDictionary<int, PrecompilePrice> Precompiles { get; init; }

    /// <summary>Whether work is paid for, or only bounded.</summary>
    public bool IsCharged { get; init; }

    /// <summary>What a call of a precompiled contract costs.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="work">Its work as Ethereum counts it.</param>
    internal long PriceOf(int number, long work) =>
        Precompiles.TryGetValue(number, out PrecompilePrice price)
            ? (long)Int128.Min(price.Call + ((Int128)price.Work * work), long.MaxValue / 4)
            : 0;

    private static EvmPrices Least()
    {
        Span<uint> opcodes = stackalloc uint[EvmPrices.OpcodeCount];
        opcodes.Fill(LeastMilligas);
        return new(opcodes);
    }
}

/// <summary>What one of Ethereum's precompiled contracts costs, in milligas.</summary>
/// <param name="Call">Each time.</param>
/// <param name="Work">For a unit of work as Ethereum counts it.</param>
public readonly record struct PrecompilePrice(long Call, long Work);
