namespace Filecoin.Vm;

/// <summary>Who calls whom with what.</summary>
internal readonly record struct Call
{
    public required ActorId From { get; init; }

    public required Address To { get; init; }

    public required MethodNumber Method { get; init; }

    public Block? Parameters { get; init; }

    public TokenAmount Value { get; init; }

    /// <summary>What the call may use; null for all there is.</summary>
    public Gas? GasLimit { get; init; }

    public bool IsReadOnly { get; init; }
}

/// <summary>One actor being run.</summary>
/// <param name="Caller">Who called it.</param>
/// <param name="Receiver">The actor.</param>
/// <param name="Method">Which of its methods.</param>
/// <param name="Value">What it was given.</param>
/// <param name="IsReadOnly">Whether it must change nothing.</param>
/// <param name="Registry">Its blocks.</param>
/// <param name="Parameters">The handle of its parameters; 0 for none.</param>
internal readonly record struct Invocation(
    ActorId Caller,
    ActorId Receiver,
    MethodNumber Method,
    TokenAmount Value,
    bool IsReadOnly,
    BlockRegistry Registry,
    uint Parameters);

/// <summary>How a call ended.</summary>
internal enum CallEnd
{
    /// <summary>The actor ended with an exit code.</summary>
    Exited,

    /// <summary>The call could not be made: the caller gets an error number.</summary>
    Refused,

    /// <summary>Gas has run out.</summary>
    OutOfGas,
}

/// <summary>The result of a call.</summary>
internal readonly record struct CallResult(
    CallEnd End, ExitCode ExitCode, Block? Value, ErrorNumber Error)
{
    public static CallResult OutOfGas => new(CallEnd.OutOfGas, default, null, default);

    public static CallResult Exited(ExitCode code, Block? value) =>
        new(CallEnd.Exited, code, value, default);

    public static CallResult Refused(ErrorNumber error) =>
        new(CallEnd.Refused, default, null, error);

    public bool IsSuccess => End == CallEnd.Exited && ExitCode.IsSuccess;
}
