namespace Filecoin.Actors;

/// <summary>What holds of the system actor.</summary>
public static class SystemInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    public static IEnumerable<string> Check(SystemState state, IBlockstore store)
    {
        if (!store.Has(state.BuiltinActors))
        {
            yield return $"the list of built-in actors {state.BuiltinActors} is missing";
        }
    }
}
