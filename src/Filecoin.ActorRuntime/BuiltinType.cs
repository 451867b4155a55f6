namespace Filecoin.ActorRuntime;

/// <summary>Built-in actors by their number in the manifest.</summary>
/// <remarks>Spec: actors/common 2.</remarks>
public enum BuiltinType
{
    /// <summary>No built-in actor.</summary>
    None = 0,

    /// <summary>The machine itself.</summary>
    System = 1,

    /// <summary>Maps addresses to ids and makes actors.</summary>
    Init = 2,

    /// <summary>Calls others once an epoch.</summary>
    Cron = 3,

    /// <summary>The account of a key.</summary>
    Account = 4,

    /// <summary>Counts power and makes miners.</summary>
    Power = 5,

    /// <summary>A storage miner.</summary>
    Miner = 6,

    /// <summary>Holds storage deals.</summary>
    Market = 7,

    /// <summary>A channel of payments.</summary>
    PaymentChannel = 8,

    /// <summary>A wallet of several signers.</summary>
    Multisig = 9,

    /// <summary>Pays block rewards.</summary>
    Reward = 10,

    /// <summary>Verifies clients and their allocations.</summary>
    VerifiedRegistry = 11,

    /// <summary>The token of verified clients.</summary>
    DataCap = 12,

    /// <summary>An Ethereum address that has no code yet.</summary>
    Placeholder = 13,

    /// <summary>An Ethereum contract.</summary>
    Evm = 14,

    /// <summary>Makes Ethereum contracts.</summary>
    EthereumAddressManager = 15,

    /// <summary>The account of an Ethereum key.</summary>
    EthereumAccount = 16,
}

/// <summary>Names of the built-in actors.</summary>
public static class BuiltinTypes
{
    /// <summary>The name in the manifest.</summary>
    public static string ManifestName(this BuiltinType type) => type switch
    {
        BuiltinType.None => "none",
        BuiltinType.System => "system",
        BuiltinType.Init => "init",
        BuiltinType.Cron => "cron",
        BuiltinType.Account => "account",
        BuiltinType.Power => "storagepower",
        BuiltinType.Miner => "storageminer",
        BuiltinType.Market => "storagemarket",
        BuiltinType.PaymentChannel => "paymentchannel",
        BuiltinType.Multisig => "multisig",
        BuiltinType.Reward => "reward",
        BuiltinType.VerifiedRegistry => "verifiedregistry",
        BuiltinType.DataCap => "datacap",
        BuiltinType.Placeholder => "placeholder",
        BuiltinType.Evm => "evm",
        BuiltinType.EthereumAddressManager => "eam",
        BuiltinType.EthereumAccount => "ethaccount",
    };
}
