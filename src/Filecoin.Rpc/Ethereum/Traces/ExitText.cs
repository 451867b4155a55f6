namespace Filecoin.Rpc;

/// <summary>Exit codes in words.</summary>
internal static class ExitText
{
    /// <summary>REVERT: what a contract returned is the reason.</summary>
    public const uint Reverted = 33;

    /// <summary>What contracts end with: name, and words of the tools that show traces.</summary>
    /// <remarks>Spec: evm 1; eth-compat 11.</remarks>
    private static readonly Dictionary<uint, (string Name, string Words)> Contracts = new()
    {
        [33] = ("EVM_CONTRACT_REVERTED", "Reverted"),
        [34] = ("EVM_CONTRACT_INVALID_INSTRUCTION", "invalid instruction"),
        [35] = ("EVM_CONTRACT_UNDEFINED_INSTRUCTION", "undefined instruction"),
        [36] = ("EVM_CONTRACT_STACK_UNDERFLOW", "stack underflow"),
        [37] = ("EVM_CONTRACT_STACK_OVERFLOW", "stack overflow"),
        [38] = ("EVM_CONTRACT_ILLEGAL_MEMORY_ACCESS", "illegal memory access"),
        [39] = ("EVM_CONTRACT_BAD_JUMPDEST", "invalid jump destination"),
        [40] = ("EVM_CONTRACT_SELFDESTRUCT_FAILED", "self destruct failed"),
    };

    /// <summary>Names as a node of the network writes them in traces.</summary>
    /// <remarks>Spec: go-state-types exitcode/names.go.</remarks>
    private static readonly Dictionary<uint, string> TraceNames = new()
    {
        [1] = "SysErrSenderInvalid",
        [2] = "SysErrSenderStateInvalid",
        [4] = "SysErrIllegalInstruction",
        [5] = "SysErrInvalidReceiver",
        [6] = "SysErrInsufficientFunds",
        [7] = "SysErrOutOfGas",
        [9] = "SysErrIllegalExitCode",
        [10] = "SysErrFatal",
        [11] = "SysErrMissingReturn",
        [16] = "ErrIllegalArgument",
        [17] = "ErrNotFound",
        [18] = "ErrForbidden",
        [19] = "ErrInsufficientFunds",
        [20] = "ErrIllegalState",
        [21] = "ErrSerialization",
        [22] = "ErrUnhandledMessage",
        [23] = "ErrUnspecified",
        [24] = "ErrAssertionFailed",
        [25] = "ErrReadOnly",
        [26] = "ErrNotPayable",
    };

    /// <summary>The number and its name, a contract's included.</summary>
    public static string NameOf(ExitCode exit) =>
        Contracts.TryGetValue(exit.Value, out (string Name, string) row)
            ? $"{exit.Value} {row.Name}"
            : exit.ToString();

    /// <summary>The code that a call ended with, as a node takes one that was not made.</summary>
    public static ExitCode CodeOf(CallTrace call) => call.ExitCode ?? call.Error switch
    {
        ErrorNumber.None => ExitCode.SysOutOfGas,
        ErrorNumber.InsufficientFunds => ExitCode.SysInsufficientFunds,
        ErrorNumber.NotFound => ExitCode.SysInvalidReceiver,
        _ => ExitCode.SysAssertionFailed,
    };

    /// <summary>Why a call failed, as <c>trace_*</c> tell it; null if it did not.</summary>
    /// <param name="exit">Its code.</param>
    /// <param name="isContract">Whether a contract, or who makes them, was called.</param>
    public static string? Trace(ExitCode exit, bool isContract)
    {
        if (exit.IsSuccess)
        {
            return null;
        }

        if (exit == ExitCode.SysOutOfGas)
        {
            return "out of gas";
        }

        string name = TraceNames.TryGetValue(exit.Value, out string? known)
            ? $"{known}({exit.Value})"
            : $"{exit.Value}";
        return exit.IsSystem ? $"vm error: {name}"
            : isContract && Contracts.TryGetValue(exit.Value, out (string, string Words) row)
                ? row.Words
                : $"actor error: {name}";
    }

    /// <summary>Why a call failed, as geth's call tracer tells it; null if it did not.</summary>
    public static string? Frame(TracedCall call)
    {
        ExitCode exit = call.Exit;
        if (exit.IsSuccess)
        {
            return null;
        }

        if (exit == ExitCode.SysOutOfGas)
        {
            return "out of gas";
        }

        if (call.IsContract && Contracts.TryGetValue(exit.Value, out (string, string Words) row))
        {
            return exit.Value == Reverted ? "execution reverted" : row.Words;
        }

        string own = call.Source.Failure is string words ? $": {words}" : "";
        return exit.IsSystem ? $"vm error: {exit}{own}" : $"actor error: {exit}{own}";
    }
}
