namespace Filecoin.ActorRuntime;

/// <summary>An instruction of code that an actor interprets, before it runs.</summary>
/// <param name="position">Where in the code it stands.</param>
/// <param name="name">Its name; empty where the byte is none.</param>
/// <param name="gasMilligas">What is left of gas, work not paid yet taken off.</param>
public readonly ref struct InstructionStep(int position, string name, long gasMilligas)
{
    /// <summary>Where in the code it stands.</summary>
    public int Position { get; } = position;

    /// <summary>Its name; empty where the byte is none.</summary>
    public string Name { get; } = name;

    /// <summary>The byte that it is.</summary>
    public byte Opcode { get; init; }

    /// <summary>What is left of gas, work not paid yet taken off.</summary>
    public long GasMilligas { get; } = gasMilligas;

    /// <summary>
    /// The stack from its bottom: words of 32 bytes, in each the least significant byte first.
    /// </summary>
    public ReadOnlySpan<byte> Stack { get; init; }

    /// <summary>The memory.</summary>
    public ReadOnlySpan<byte> Memory { get; init; }

    /// <summary>What the last call gave back.</summary>
    public ReadOnlySpan<byte> ReturnData { get; init; }
}

/// <summary>Looks on while actors interpret code; it changes nothing.</summary>
/// <remarks>
/// Runs nest: one that begins is inside the one that began last and has not ended. What is thrown
/// here would end the actor: nothing may be.
/// </remarks>
public interface IInstructionObserver
{
    /// <summary>A run begins.</summary>
    /// <param name="contract20">Whose storage it is about: its address for Ethereum.</param>
    void OnRunBegun(ReadOnlySpan<byte> contract20);

    /// <summary>An instruction is next.</summary>
    void OnInstruction(in InstructionStep instruction);

    /// <summary>The run that began last is over.</summary>
    /// <param name="gasMilligas">What is left of gas.</param>
    /// <param name="exitCode">What it ended with; null where gas was gone.</param>
    void OnRunEnded(long gasMilligas, ExitCode? exitCode);
}
