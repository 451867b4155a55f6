namespace Filecoin.Evm;

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">Ok for RETURN, STOP, SELFDESTRUCT; 33 for REVERT; or a failure.</param>
/// <param name="Output">What RETURN or REVERT gave; empty for all else.</param>
/// <param name="Position">Where in the code it ended.</param>
public readonly record struct EvmResult(
    ExitCode ExitCode, ReadOnlyMemory<byte> Output, int Position);
