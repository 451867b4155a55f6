namespace Filecoin.Evm;

/// <summary>The rule of an instruction, on a stack that has what it pops.</summary>
/// <param name="frame">The run.</param>
/// <param name="top">The word on top; others are reached with <see cref="Slots"/>.</param>
/// <param name="pc">Where the instruction stands.</param>
/// <returns>Where to go on, or <see cref="EvmFrame.Halted"/>.</returns>
internal delegate int OpcodeBody(EvmFrame frame, ref U256 top, int pc);

/// <summary>One row of the table of instructions.</summary>
/// <remarks>
/// Bodies are lambdas: a delegate to a static method would shift the arguments on each call.
/// </remarks>
internal readonly struct Opcode(
    string name, int pops, int pushes, int immediate, StepKind step, OpcodeBody body)
{
    /// <summary>One that ends a block.</summary>
    internal Opcode(string name, int pops, int pushes, int immediate, OpcodeBody body)
        : this(name, pops, pushes, immediate, StepKind.Perform, body)
    {
    }

    internal readonly OpcodeBody Body = body;

    internal readonly string Name = name;

    /// <summary>Words it needs on the stack.</summary>
    internal readonly short Pops = (short)pops;

    /// <summary>Words more on the stack afterwards.</summary>
    internal readonly short Change = (short)(pushes - pops);

    /// <summary>Bytes of code that are its operand.</summary>
    internal readonly short Immediate = (short)immediate;

    /// <summary>What it becomes in a block; Perform: the block's end.</summary>
    internal readonly StepKind Step = step;

    /// <summary>No instruction: no stack has what it needs.</summary>
    internal static Opcode Undefined { get; } =
        new("", short.MaxValue, short.MaxValue, 0, static (_, ref _, _) => EvmFrame.Halted);

    internal bool IsDefined => Pops != short.MaxValue;
}
