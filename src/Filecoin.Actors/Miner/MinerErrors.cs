namespace Filecoin.Actors.Miner;

/// <summary>Exit codes of miners.</summary>
/// <remarks>Spec: actors/storage-policy 2.</remarks>
public static class MinerErrors
{
    /// <summary>The balance does not cover what is locked, deposited and pledged.</summary>
    public static ExitCode BalanceInvariantsBroken => new(1_000);

    /// <summary>An actor could not be told of data.</summary>
    public static ExitCode NotificationSendFailed => new(1_001);

    /// <summary>An actor that was told of data failed.</summary>
    public static ExitCode NotificationReceiverAborted => new(1_002);

    /// <summary>An actor that was told of data did not answer as it must.</summary>
    public static ExitCode NotificationResponseInvalid => new(1_003);

    /// <summary>An actor that was told of data does not take it.</summary>
    public static ExitCode NotificationRejected => new(1_004);

    /// <summary>
    /// Changes or searches a state so that, however the actor ends within, it ends with
    /// USR_ILLEGAL_STATE; but for a panic.
    /// </summary>
    internal static TResult OrIllegalState<TState, TResult>(
        ref TState state, StateChange<TState, TResult> change)
    {
        try
        {
            return change(ref state);
        }
        catch (ActorAbortException failure) when (!failure.IsPanic)
        {
            throw Abort.IllegalState(failure.Message);
        }
    }
}
