namespace Filecoin.ActorRuntime;

/// <summary>An actor ends itself: all that its call has changed is taken back.</summary>
/// <remarks>
/// Spec: actors/common 5 and 8.1; builtin-actors runtime/src/actor_error.rs. Caught in one place,
/// where the machine runs native actors.
/// </remarks>
public sealed class ActorAbortException : Exception
{
    /// <summary>Ends an actor.</summary>
    /// <param name="exitCode">16 or more; the machine replaces its own codes.</param>
    /// <param name="message">Why, for people: no part of consensus.</param>
    /// <param name="data">What the caller is given; null for nothing.</param>
    public ActorAbortException(ExitCode exitCode, string message, IpldBlock? data = null)
        : base(message) => (ExitCode, Block) = (exitCode, data);

    /// <summary>What the caller is told.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What the caller is given; null for nothing.</summary>
    public IpldBlock? Block { get; }

    /// <summary>Whether the reference panics here, so that no caller adds to it.</summary>
    public bool IsPanic => ExitCode == ExitCode.UserAssertionFailed;
}

/// <summary>An actor does what stops the reference's Wasm: SYS_ILLEGAL_INSTRUCTION.</summary>
public sealed class ActorTrapException(string message) : Exception(message);

/// <summary>Makes the exceptions that actors end with.</summary>
public static class Abort
{
    /// <summary>A parameter is refused.</summary>
    public static ActorAbortException IllegalArgument(string message) =>
        new(ExitCode.UserIllegalArgument, message);

    /// <summary>Something is not found.</summary>
    public static ActorAbortException NotFound(string message) =>
        new(ExitCode.UserNotFound, message);

    /// <summary>The caller, or what it wants, is refused.</summary>
    public static ActorAbortException Forbidden(string message) =>
        new(ExitCode.UserForbidden, message);

    /// <summary>There are not enough funds.</summary>
    public static ActorAbortException InsufficientFunds(string message) =>
        new(ExitCode.UserInsufficientFunds, message);

    /// <summary>The actor's state does not allow it, or cannot be read.</summary>
    public static ActorAbortException IllegalState(string message) =>
        new(ExitCode.UserIllegalState, message);

    /// <summary>Something cannot be decoded.</summary>
    public static ActorAbortException Serialization(string message) =>
        new(ExitCode.UserSerialization, message);

    /// <summary>There is no such method.</summary>
    public static ActorAbortException UnhandledMessage(string message) =>
        new(ExitCode.UserUnhandledMessage, message);

    /// <summary>A failure that is not the actor's own.</summary>
    public static ActorAbortException Unspecified(string message) =>
        new(ExitCode.UserUnspecified, message);

    /// <summary>What cannot be is: the reference's actor would panic.</summary>
    public static ActorAbortException AssertionFailed(string message) =>
        new(ExitCode.UserAssertionFailed, message);

    /// <summary>Something would change in a read-only call.</summary>
    public static ActorAbortException ReadOnly(string message) =>
        new(ExitCode.UserReadOnly, message);
}
