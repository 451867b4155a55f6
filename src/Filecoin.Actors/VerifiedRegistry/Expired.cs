namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>Which allocations or claims of somebody have expired.</summary>
/// <param name="Considered">Those that were looked at.</param>
/// <param name="Results">Whether each has expired.</param>
/// <param name="Removable">Those that have.</param>
/// <remarks>Spec: actors/verifreg; builtin-actors actors/verifreg/src/expiration.rs.</remarks>
internal sealed record Expired(
    ValueList<ulong> Considered, BatchReturn Results, IReadOnlyList<ulong> Removable)
{
    /// <summary>Looks at some, or at all if there are none.</summary>
    /// <param name="items">All there are.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="ids">Which.</param>
    /// <param name="epoch">When.</param>
    public static Expired Among<T>(
        StateMapOfMaps<ulong, UInt64Key, ulong, UInt64Key, T> items,
        ulong owner,
        ValueList<ulong> ids,
        long epoch)
        where T : ICbor<T>, IExpiring
    {
        if (ids.Count == 0)
        {
            List<ulong> found = [];
            items.ForEach(owner, (id, item) =>
            {
                if (epoch >= item.ExpiresAt)
                {
                    found.Add(id);
                }
            });
            return new([.. found], BatchReturn.Ok((uint)found.Count), found);
        }

        List<ExitCode> codes = [];
        foreach (ulong id in ids)
        {
            codes.Add(!items.TryGet(owner, id, out T? item) ? ExitCode.UserNotFound
                : epoch >= item.ExpiresAt ? ExitCode.Ok
                : ExitCode.UserForbidden);
        }

        BatchReturn results = BatchReturn.Of([.. codes]);
        return new(ids, results, results.Successes(ids));
    }

    /// <summary>Removes one that has expired.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ASSERTION_FAILED, it was named twice: the reference panics.
    /// </exception>
    public static T Remove<T>(
        StateMapOfMaps<ulong, UInt64Key, ulong, UInt64Key, T> items, ulong owner, ulong id)
        where T : ICbor<T> => items.Delete(owner, id, out T? removed)
            ? removed
            : throw Abort.AssertionFailed($"{id} is there no more");
}
