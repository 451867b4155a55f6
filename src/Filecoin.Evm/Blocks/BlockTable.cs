using System.Collections.Concurrent;
using System.Numerics;

namespace Filecoin.Evm;

/// <summary>The blocks of a code, each made once it has been jumped to often enough.</summary>
/// <remarks>
/// Used by several threads at once: each may make a block, all of which are alike. There is
/// one for each place where one may begin, so that they are never more than a few times the code.
/// </remarks>
internal sealed class BlockTable
{
    // Making a block takes as long as running it instruction by instruction some ten times.
    private const int JumpsBefore = 16;

    private readonly EvmCode code;

    // JUMPDESTs before each word of the map of destinations.
    private readonly int[] ranks;

    // By the number of the JUMPDEST.
    private readonly Block?[] blocks;
    private readonly byte[] jumps;

    // By position: those behind others.
    private readonly ConcurrentDictionary<int, Block> continuations = [];

    internal BlockTable(EvmCode code, EvmPrices prices)
    {
        this.code = code;
        Prices = prices;
        ReadOnlySpan<ulong> destinations = code.Destinations;
        ranks = new int[destinations.Length];
        int count = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = count;
            count += BitOperations.PopCount(destinations[i]);
        }

        blocks = new Block?[count];
        jumps = new byte[count];
        code.Grow((ranks.Length * sizeof(int)) + (count * (IntPtr.Size + 1)));
    }

    /// <summary>What the blocks' prices are made of.</summary>
    internal EvmPrices Prices { get; }

    /// <summary>
    /// The block behind a JUMPDEST, or null while it is jumped to for the first few times.
    /// </summary>
    internal Block? Enter(int destination)
    {
        ulong before = code.Destinations[destination >> 6] & ((1UL << (destination & 63)) - 1);
        int number = ranks[destination >> 6] + BitOperations.PopCount(before);
        if (blocks[number] is Block block)
        {
            return block;
        }

        if (jumps[number] < JumpsBefore)
        {
            jumps[number]++;
            return null;
        }

        return blocks[number] = Translate(destination + 1);
    }

    /// <summary>The block that another goes on to by a jump, or null as above.</summary>
    internal Block? TakenFrom(Block block) => block.Taken ??= Enter(block.Destination);

    /// <summary>The block behind another.</summary>
    internal Block NextOf(Block block) =>
        block.Next ??= continuations.GetOrAdd(block.End, Translate);

    private Block Translate(int start)
    {
        Block block = new BlockTranslator(code, Prices, start).Translate();
        code.Grow(block.Size);
        return block;
    }
}
