namespace Filecoin.Evm;

/// <summary>How a contract ends other than by returning.</summary>
/// <remarks>Spec: evm 1; builtin-actors actors/evm/src/lib.rs, EVM_CONTRACT_*.</remarks>
public static class EvmExitCode
{
    /// <summary>REVERT: the output is the reason.</summary>
    public static ExitCode Reverted => new(33);

    /// <summary>INVALID.</summary>
    public static ExitCode InvalidInstruction => new(34);

    /// <summary>A byte that is no instruction.</summary>
    public static ExitCode UndefinedInstruction => new(35);

    /// <summary>An instruction pops more than there is.</summary>
    public static ExitCode StackUnderflow => new(36);

    /// <summary>An instruction pushes beyond 1024 words.</summary>
    public static ExitCode StackOverflow => new(37);

    /// <summary>Memory beyond 2^32 bytes, or return data beyond its end.</summary>
    public static ExitCode IllegalMemoryAccess => new(38);

    /// <summary>A jump to anything but a JUMPDEST.</summary>
    public static ExitCode BadJumpDestination => new(39);

    /// <summary>SELFDESTRUCT could not send the balance.</summary>
    public static ExitCode SelfDestructFailed => new(40);

    /// <summary>A change of state in a read-only call.</summary>
    public static ExitCode ReadOnly => new(25);

    /// <summary>The reference's code panics.</summary>
    public static ExitCode AssertionFailed => new(24);
}
