namespace Filecoin.Evm;

/// <summary>An instruction, before it runs.</summary>
/// <param name="position">Where in the code it stands.</param>
/// <param name="opcode">The byte.</param>
/// <param name="work">Work of earlier instructions that the host was not told of yet.</param>
public readonly ref struct EvmStep(int position, byte opcode, long work)
{
    /// <summary>Where in the code it stands.</summary>
    public int Position { get; } = position;

    /// <summary>The byte.</summary>
    public byte Opcode { get; } = opcode;

    /// <summary>Its name; empty for no instruction.</summary>
    public string Name => OpcodeTable.Rows[Opcode].Name;

    /// <summary>Work of earlier instructions that the host was not told of yet.</summary>
    public long Work { get; } = work;

    /// <summary>The stack from its bottom.</summary>
    public ReadOnlySpan<U256> Stack { get; init; }

    /// <summary>The memory.</summary>
    public ReadOnlySpan<byte> Memory { get; init; }

    /// <summary>What the last call gave back.</summary>
    public ReadOnlySpan<byte> ReturnData { get; init; }
}

/// <summary>Looks on at one run of a contract's code.</summary>
public interface IEvmObserver
{
    /// <summary>An instruction is next.</summary>
    void OnInstruction(in EvmStep instruction);
}
