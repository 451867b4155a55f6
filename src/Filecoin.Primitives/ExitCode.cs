namespace Filecoin;

/// <summary>How an invocation or a message ended.</summary>
/// <remarks>
/// Spec: message-execution 8; ref-fvm shared/src/error/mod.rs. Codes below 16 are the machine's
/// own; from 32 on they mean what the actor says.
/// </remarks>
public readonly record struct ExitCode(uint Value) : ICbor<ExitCode>
{
    private static readonly Dictionary<uint, string> Names = new()
    {
        [0] = "OK",
        [1] = "SYS_SENDER_INVALID",
        [2] = "SYS_SENDER_STATE_INVALID",
        [4] = "SYS_ILLEGAL_INSTRUCTION",
        [5] = "SYS_INVALID_RECEIVER",
        [6] = "SYS_INSUFFICIENT_FUNDS",
        [7] = "SYS_OUT_OF_GAS",
        [9] = "SYS_ILLEGAL_EXIT_CODE",
        [10] = "SYS_ASSERTION_FAILED",
        [11] = "SYS_MISSING_RETURN",
        [16] = "USR_ILLEGAL_ARGUMENT",
        [17] = "USR_NOT_FOUND",
        [18] = "USR_FORBIDDEN",
        [19] = "USR_INSUFFICIENT_FUNDS",
        [20] = "USR_ILLEGAL_STATE",
        [21] = "USR_SERIALIZATION",
        [22] = "USR_UNHANDLED_MESSAGE",
        [23] = "USR_UNSPECIFIED",
        [24] = "USR_ASSERTION_FAILED",
        [25] = "USR_READ_ONLY",
        [26] = "USR_NOT_PAYABLE",
    };

    /// <summary>Success.</summary>
    public static ExitCode Ok => default;

    /// <summary>The sender does not exist or may not send.</summary>
    public static ExitCode SysSenderInvalid => new(1);

    /// <summary>The sender has another nonce or not enough funds for gas.</summary>
    public static ExitCode SysSenderStateInvalid => new(2);

    /// <summary>The actor did what WebAssembly forbids.</summary>
    public static ExitCode SysIllegalInstruction => new(4);

    /// <summary>The receiver does not exist, or cannot be called.</summary>
    public static ExitCode SysInvalidReceiver => new(5);

    /// <summary>The sender has less than the message's value.</summary>
    public static ExitCode SysInsufficientFunds => new(6);

    /// <summary>Gas has run out.</summary>
    public static ExitCode SysOutOfGas => new(7);

    /// <summary>The actor ended with a code that is the machine's own.</summary>
    public static ExitCode SysIllegalExitCode => new(9);

    /// <summary>A fatal failure, or a call that could not be made.</summary>
    public static ExitCode SysAssertionFailed => new(10);

    /// <summary>The actor returned a block that does not exist.</summary>
    public static ExitCode SysMissingReturn => new(11);

    /// <summary>An actor refuses a parameter.</summary>
    public static ExitCode UserIllegalArgument => new(16);

    /// <summary>An actor does not find something.</summary>
    public static ExitCode UserNotFound => new(17);

    /// <summary>An actor refuses the caller.</summary>
    public static ExitCode UserForbidden => new(18);

    /// <summary>An actor has less than it must pay.</summary>
    public static ExitCode UserInsufficientFunds => new(19);

    /// <summary>An actor's state is not as it should be.</summary>
    public static ExitCode UserIllegalState => new(20);

    /// <summary>An actor cannot decode something.</summary>
    public static ExitCode UserSerialization => new(21);

    /// <summary>An actor has no such method.</summary>
    public static ExitCode UserUnhandledMessage => new(22);

    /// <summary>An actor fails for no reason of its own.</summary>
    public static ExitCode UserUnspecified => new(23);

    /// <summary>An actor finds what cannot be.</summary>
    public static ExitCode UserAssertionFailed => new(24);

    /// <summary>An actor would change something in a read-only call.</summary>
    public static ExitCode UserReadOnly => new(25);

    /// <summary>Whether it is one of the machine's own.</summary>
    public bool IsSystem => Value is > 0 and < 16;

    /// <summary>Whether it means success.</summary>
    public bool IsSuccess => Value == 0;

    /// <summary>Its name in the protocol; null for an actor's own codes.</summary>
    public string? Name => Names.GetValueOrDefault(Value);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ExitCode value)
    {
        bool isRead = reader.TryReadUInt32(out uint number);
        value = new(number);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);

    /// <summary>The number, with the name if it has one.</summary>
    public override string ToString() => Name is string name ? $"{Value} {name}" : $"{Value}";
}
