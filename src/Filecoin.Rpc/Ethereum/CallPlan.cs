namespace Filecoin.Rpc;

/// <summary>A call that is to be run, and on what.</summary>
/// <param name="Message">The call as a message.</param>
/// <param name="Context">The epoch and the state.</param>
/// <param name="SeenFrom">The tipset whose chain it sees.</param>
internal sealed record CallPlan(Message Message, MachineContext Context, Tipset SeenFrom)
{
    /// <summary>Blocks of the state; null for those of the store.</summary>
    public IBlockstore? Blocks { get; init; }

    /// <summary>The same with another limit of gas.</summary>
    public CallPlan WithGas(long limit) =>
        this with { Message = Message with { GasLimit = (ulong)limit } };
}
