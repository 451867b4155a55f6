using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap;

/// <summary>The datacap actor's state.</summary>
/// <param name="Governor">Who makes and destroys datacap: the registry.</param>
/// <param name="Token">Who has how much.</param>
[CborTuple]
public partial record struct DatacapState(Address Governor, TokenState Token)
{
    /// <summary>Whether an actor is the governor.</summary>
    public readonly bool IsGovernor(ActorId id) => Governor == Address.FromId(id);
}
