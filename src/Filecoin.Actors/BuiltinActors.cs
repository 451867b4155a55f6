namespace Filecoin.Actors;

/// <summary>The built-in actors that are written in C#.</summary>
public static class BuiltinActors
{
    /// <summary>The version of the built-in actors that they follow.</summary>
    public const int Version = 18;

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<BuiltinActor> All { get; } =
    [
        SystemActor.Definition,
        Init.InitActor.Definition,
        Cron.CronActor.Definition,
        Account.AccountActor.Definition,
        Power.PowerActor.Definition,
        Miner.MinerActor.Definition,
        Market.MarketActor.Definition,
        PaymentChannel.PaymentChannelActor.Definition,
        Multisig.MultisigActor.Definition,
        Reward.RewardActor.Definition,
        VerifiedRegistry.VerifiedRegistryActor.Definition,
        Datacap.DatacapActor.Definition,
        Placeholder.PlaceholderActor.Definition,
        Evm.EvmActor.Definition,
        Eam.EamActor.Definition,
        EthAccount.EthAccountActor.Definition,
    ];
}
