using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>Actors as contracts see them.</summary>
/// <remarks>Spec: actors/evm 1; builtin-actors actors/evm/src/interpreter/system.rs.</remarks>
internal static class EthAddresses
{
    /// <summary>An actor's address of 20 bytes: its delegated one, or its id masked.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ASSERTION_FAILED, its address in the namespace has another length.
    /// </exception>
    internal static EthAddress Of(IRuntime runtime, ActorId id)
    {
        bool isInNamespace = runtime.TryGetDelegatedAddress(id, out Address address)
            & address.TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress)
            && manager == WellKnownActors.EthereumAddressManager.Value;
        if (!isInNamespace)
        {
            return EthAddress.FromActorId(id);
        }

        return subaddress.Length == EthAddress.Length
            ? EthAddress.FromBytes(subaddress)
            : throw Abort.AssertionFailed($"f0{id} has an address of a wrong length: {address}");
    }
}
