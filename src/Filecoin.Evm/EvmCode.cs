namespace Filecoin.Evm;

/// <summary>A contract's code and where it may be jumped to.</summary>
/// <remarks>Spec: evm 5; builtin-actors actors/evm/src/interpreter/bytecode.rs.</remarks>
public sealed class EvmCode
{
    // The longest immediate and one STOP: reading never has to look for the end.
    private const int PaddingLength = U256.Length + 1;

    private readonly ulong[] destinations;
    private BlockTable? blocks;
    private int grown;

    /// <summary>Copies the code and finds its jump destinations.</summary>
    public EvmCode(ReadOnlySpan<byte> code)
    {
        Length = code.Length;
        Size = code.Length;
        Padded = new byte[code.Length + PaddingLength];
        code.CopyTo(Padded);
        destinations = FindDestinations(code, out int instructions);
        Instructions = instructions;
    }

    /// <summary>Number of bytes.</summary>
    public int Length { get; }

    /// <summary>Bytes it takes with its blocks, as last counted: by one at a time.</summary>
    internal int Size { get; private set; }

    /// <summary>Number of instructions, read one after the other.</summary>
    public int Instructions { get; }

    /// <summary>The code.</summary>
    public ReadOnlySpan<byte> Bytes => Padded.AsSpan(0, Length);

    /// <summary>The code and zeros, which are STOP.</summary>
    internal byte[] Padded { get; }

    /// <summary>A bit for each byte: whether a JUMPDEST stands there.</summary>
    internal ReadOnlySpan<ulong> Destinations => destinations;

    /// <summary>Whether a JUMPDEST stands there, outside the immediate of a PUSH.</summary>
    public bool IsJumpDestination(in U256 position) =>
        position.IsUInt64 && position.W0 < (ulong)Length
        && ((destinations[position.W0 >> 6] >> (int)(position.W0 & 63)) & 1) != 0;

    /// <summary>Its blocks where instructions cost this.</summary>
    internal BlockTable BlocksFor(EvmPrices prices)
    {
        BlockTable? known = blocks;
        return known?.Prices == prices ? known : blocks = new(this, prices);
    }

    /// <summary>Notes that more bytes of memory are taken for it.</summary>
    internal void Grow(int bytes) => Interlocked.Add(ref grown, bytes);

    /// <summary>Makes what was noted a part of the size, and says how much that is.</summary>
    internal int CountGrowth()
    {
        int more = Interlocked.Exchange(ref grown, 0);
        Size += more;
        return more;
    }

    private static ulong[] FindDestinations(ReadOnlySpan<byte> code, out int instructions)
    {
        instructions = 0;
        ulong[] found = new ulong[(code.Length / 64) + 1];
        int position = 0;
        while (position < code.Length)
        {
            byte opcode = code[position];
            if (opcode == OpcodeTable.JumpDestination)
            {
                found[position >> 6] |= 1UL << (position & 63);
            }

            instructions++;
            position += 1 + OpcodeTable.ImmediateOf(opcode);
        }

        return found;
    }
}
