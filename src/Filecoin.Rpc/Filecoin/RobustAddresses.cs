using Filecoin.Actors.Init;

namespace Filecoin.Rpc;

/// <summary>Finds the address behind an id that the chain cannot take back.</summary>
/// <remarks>Spec: lotus chain/stmgr/stmgr.go, LookupRobustAddress.</remarks>
internal static class RobustAddresses
{
    private const int BitWidth = 5;

    /// <summary>Looks through all addresses that the chain has given ids to.</summary>
    public static bool TryFind(ChainState state, ActorId id, out Address address)
    {
        InitState init = state.Load<InitState>(WellKnownActors.Init);
        foreach ((ReadOnlyMemory<byte> key, ActorId given) in Hamt<ActorId>.Load(
            state.Blocks, init.Addresses, new HamtOptions(BitWidth)).Entries())
        {
            if (given == id && Address.TryDecode(key.Span, out address))
            {
                return true;
            }
        }

        address = default;
        return false;
    }
}
