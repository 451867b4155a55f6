namespace Filecoin;

/// <summary>Actors with fixed ids.</summary>
/// <remarks>Spec: message-execution 2.5; actors/common 3.</remarks>
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

    /// <summary>The storage power actor, which makes miners and counts their power.</summary>
    public static ActorId StoragePower { get; } = new(4);

    /// <summary>The storage market actor, which holds deals.</summary>
    public static ActorId StorageMarket { get; } = new(5);

    /// <summary>The registry of verified clients.</summary>
    public static ActorId VerifiedRegistry { get; } = new(6);

    /// <summary>The token of verified clients.</summary>
    public static ActorId DataCap { get; } = new(7);

    /// <summary>The manager of Ethereum addresses, whose id is their namespace.</summary>
    public static ActorId EthereumAddressManager { get; } = Address.EthereumNamespace;

    /// <summary>The actor that is paid what is burnt.</summary>
    public static ActorId BurntFunds { get; } = new(99);

    /// <summary>The first id that is given to an address.</summary>
    public static ActorId FirstGiven { get; } = new(100);
}
