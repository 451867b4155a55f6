namespace Filecoin.ActorRuntime;

/// <summary>Whom an actor calls with what.</summary>
public readonly record struct SendRequest
{
    /// <summary>Who is called.</summary>
    public required Address To { get; init; }

    /// <summary>Which method; Send runs no code.</summary>
    public MethodNumber Method { get; init; }

    /// <summary>Its parameters; null for none, which is not the same as an empty block.</summary>
    public IpldBlock? Parameters { get; init; }

    /// <summary>What is given with it.</summary>
    public TokenAmount Value { get; init; }

    /// <summary>Whole gas that it may use; null for all there is.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>Whether nothing may change.</summary>
    public bool IsReadOnly { get; init; }
}

/// <summary>What a call gave: an error if it was not made, else exit code and value.</summary>
/// <param name="Error">Why the call was not made; None if it was.</param>
/// <param name="ExitCode">What the other actor ended with.</param>
/// <param name="Value">What it returned, also when it failed; null for nothing.</param>
/// <remarks>Spec: actors/common 8.1; builtin-actors runtime/src/builtin/shared.rs.</remarks>
public readonly record struct SendResult(
    ErrorNumber Error, ExitCode ExitCode, IpldBlock? Value)
{
    /// <summary>Whether the call was made and did not fail.</summary>
    public bool IsSuccess => Error == ErrorNumber.None && ExitCode.IsSuccess;

    /// <summary>What this actor ends with if it passes the failure on.</summary>
    public ExitCode FailureCode => Error != ErrorNumber.None ? CodeOf(Error) : CodeOf(ExitCode);

    /// <summary>A call that was not made.</summary>
    public static SendResult Refused(ErrorNumber error) => new(error, default, null);

    /// <summary>What was returned; null for nothing.</summary>
    /// <exception cref="ActorAbortException">The call failed: so does this actor.</exception>
    public IpldBlock? Require() => IsSuccess
        ? Value
        : throw new ActorAbortException(
            FailureCode,
            Error != ErrorNumber.None ? $"not sent: {Error}" : $"send aborted with {ExitCode}",
            Value);

    /// <summary>What was returned, decoded.</summary>
    /// <exception cref="ActorAbortException">
    /// The call failed. USR_ASSERTION_FAILED, nothing was returned. USR_SERIALIZATION.
    /// </exception>
    public T Require<T>()
        where T : ICbor<T>
    {
        IpldBlock value = Require() ?? throw Abort.AssertionFailed("return expected");
        return ParameterCodec.Decode<T>(value);
    }

    private static ExitCode CodeOf(ErrorNumber error) => error switch
    {
        ErrorNumber.NotFound => ExitCode.UserUnspecified,
        ErrorNumber.InsufficientFunds => ExitCode.UserInsufficientFunds,
        ErrorNumber.ReadOnly => ExitCode.UserReadOnly,
        _ => ExitCode.UserAssertionFailed,
    };

    private static ExitCode CodeOf(ExitCode code)
    {
        bool isOthersFault = code == ExitCode.SysMissingReturn
            || code == ExitCode.SysIllegalInstruction
            || code == ExitCode.SysIllegalExitCode;
        return isOthersFault ? ExitCode.UserUnspecified
            : code.IsSystem ? ExitCode.UserAssertionFailed
            : code;
    }
}
