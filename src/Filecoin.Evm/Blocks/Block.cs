using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>Instructions that run one after the other, as steps on slots of the stack.</summary>
internal sealed class Block
{
    internal required Step[] Steps { get; init; }

    /// <summary>Operands of 2^64 and more.</summary>
    internal required U256[] WideNumbers { get; init; }

    /// <summary>Position of the first instruction.</summary>
    internal required int Start { get; init; }

    /// <summary>What all its instructions cost.</summary>
    internal required long Price { get; init; }

    /// <summary>Words that must be on the stack.</summary>
    internal required int Needs { get; init; }

    /// <summary>Most words more than at the start that are on the stack at any time.</summary>
    internal required int Growth { get; init; }

    /// <summary>Words more on the stack afterwards.</summary>
    internal required int Change { get; init; }

    /// <summary>The JUMPDEST that it goes on to, or may.</summary>
    internal required int Destination { get; init; }

    /// <summary>Position behind it.</summary>
    internal required int End { get; init; }

    /// <summary>The block at the destination, once it is there.</summary>
    internal Block? Taken { get; set; }

    /// <summary>The block behind, once it was reached.</summary>
    internal Block? Next { get; set; }

    /// <summary>About what it takes of memory, in bytes.</summary>
    internal int Size => 128 + (Steps.Length * Unsafe.SizeOf<Step>())
        + (WideNumbers.Length * U256.Length);
}
