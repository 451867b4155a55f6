namespace Filecoin.Actors.Miner;

/// <summary>Blocks of their own in a miner's state.</summary>
internal static class StateBlocks
{
    /// <summary>Reads a block.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="cid">The block.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="malformed">
    /// How the actor ends if it is malformed; USR_SERIALIZATION unless given.
    /// </param>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, it cannot be had.</exception>
    internal static T GetBlock<T>(
        this IRuntime runtime, Cid cid, string name, ExitCode? malformed = null)
        where T : ICbor<T>
    {
        try
        {
            return runtime.Store.GetCbor<T>(cid, isLenient: true);
        }
        catch (IpldException failure) when (failure.Failure == IpldFailure.Malformed)
        {
            throw new ActorAbortException(
                malformed ?? ExitCode.UserSerialization,
                $"failed to load {name}: {failure.Message}");
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalState($"failed to load {name}: {failure.Message}");
        }
    }

    /// <summary>Writes a block.</summary>
    /// <exception cref="ActorAbortException">USR_SERIALIZATION, it is too large.</exception>
    internal static Cid PutBlock<T>(this IRuntime runtime, T value)
        where T : ICbor<T>
    {
        try
        {
            return runtime.Store.PutCbor(value);
        }
        catch (IpldException failure) when (failure.Failure == IpldFailure.OutOfRange)
        {
            throw Abort.Serialization(failure.Message);
        }
        catch (IpldException failure)
        {
            throw Abort.IllegalState($"failed to write a block: {failure.Message}");
        }
    }
}
