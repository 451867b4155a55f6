namespace Filecoin.Vm;

/// <summary>Actors with fixed ids.</summary>
/// <remarks>Spec: message-execution 2.5.</remarks>
public static class WellKnownActors
{
    /// <summary>The system actor: its state is the manifest of the built-in actors.</summary>
    public static ActorId System { get; } = new(0);

    /// <summary>The init actor: its state maps addresses to ids.</summary>
    public static ActorId Init { get; } = new(1);

    /// <summary>The reward actor, which collects tips.</summary>
    public static ActorId Reward { get; } = new(2);

    /// <summary>The cron actor.</summary>
    public static ActorId Cron { get; } = new(3);

    /// <summary>The manager of Ethereum addresses, whose id is their namespace.</summary>
    public static ActorId EthereumAddressManager { get; } = Address.EthereumNamespace;

    /// <summary>The actor that is paid what is burnt.</summary>
    public static ActorId BurntFunds { get; } = new(99);

    /// <summary>Actors that every message has loaded and written for free.</summary>
    /// <remarks>Spec: gas-schedule 4.</remarks>
    internal static ReadOnlySpan<ulong> Preloaded => [0, 1, 2, 3, 4, 5, 6, 7, 10, 99];
}
