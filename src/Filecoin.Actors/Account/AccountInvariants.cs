namespace Filecoin.Actors.Account;

/// <summary>What holds of every account.</summary>
public static class AccountInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="id">The actor.</param>
    /// <param name="state">Its state.</param>
    /// <remarks>Genesis gives accounts below 100 their own id as address.</remarks>
    public static IEnumerable<string> Check(ActorId id, AccountState state)
    {
        if (id.Value >= WellKnownActors.FirstGiven.Value
            && state.Address.Protocol is not (Protocol.Secp256k1 or Protocol.Bls))
        {
            yield return $"account f0{id} has the address {state.Address}, which is no key";
        }
    }
}
