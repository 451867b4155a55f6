namespace Filecoin.Actors.EthAccount;

/// <summary>The account of an Ethereum key, f410. It has no state.</summary>
/// <remarks>Spec: actors/ethaccount.</remarks>
public static class EthAccountActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.EthereumAccount,
        [
            ActorMethod.Of(1, nameof(Constructor), Constructor),
        ])
    {
        AcceptsExported = true,
    };

    /// <summary>Nobody calls it: the machine makes these accounts out of placeholders.</summary>
    private static void Constructor(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.System);
        bool isEthereum = runtime.TryGetDelegatedAddress(runtime.Receiver, out Address address)
            && address.TryGetDelegated(out ulong manager, out _)
            && manager == WellKnownActors.EthereumAddressManager.Value;
        if (!isEthereum)
        {
            throw Abort.IllegalArgument("an Ethereum account needs an f410 address");
        }
    }
}
