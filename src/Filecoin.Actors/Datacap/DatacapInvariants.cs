using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap;

/// <summary>What holds of the datacap actor.</summary>
public static class DatacapInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">A map cannot be read.</exception>
    /// <remarks>Spec: builtin-actors actors/datacap/src/testing.rs.</remarks>
    public static IReadOnlyList<string> Check(DatacapState state, IBlockstore store)
    {
        List<string> complaints = [.. TokenInvariants.Check(state.Token, store)];
        if (!state.Governor.IsId)
        {
            complaints.Add($"the governor {state.Governor} is no id");
        }

        return complaints;
    }
}
