using BalanceMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.TokenAmount>;

namespace Filecoin.Actors.Market;

/// <summary>What somebody has, by address; who is not in it has nothing.</summary>
/// <remarks>
/// Spec: actors/market 1.2; builtin-actors actors/market/src/balance_table.rs. Errors:
/// USR_ILLEGAL_ARGUMENT, a balance would fall below zero.
/// </remarks>
public sealed class BalanceTable
{
    /// <summary>Hash bits that a node uses.</summary>
    public const int BitWidth = 6;

    private readonly BalanceMap map;

    private BalanceTable(BalanceMap map) => this.map = map;

    /// <summary>Stores an empty table and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime) => BalanceMap.StoreEmpty(runtime, BitWidth);

    /// <summary>Opens a table.</summary>
    public static BalanceTable Load(IRuntime runtime, Cid root, string name) =>
        new(BalanceMap.Load(runtime, root, name, BitWidth));

    /// <summary>What an address has.</summary>
    public TokenAmount Get(Address owner) =>
        map.TryGet(owner, out TokenAmount balance) ? balance : TokenAmount.Zero;

    /// <summary>Adds an amount, which may be negative.</summary>
    /// <remarks>Quirk: adding nothing to nothing makes an entry.</remarks>
    public void Add(Address owner, TokenAmount amount)
    {
        TokenAmount balance = Get(owner);
        TokenAmount sum = balance + amount;
        if (sum.IsNegative)
        {
            throw Abort.IllegalArgument($"{owner} has {balance}, too little to add {amount}");
        }

        if (sum.IsZero && !balance.IsZero)
        {
            _ = map.Delete(owner, out _);
        }
        else
        {
            map.Set(owner, sum);
        }
    }

    /// <summary>Takes an amount away, which must be there.</summary>
    public void Subtract(Address owner, TokenAmount amount)
    {
        TokenAmount balance = Get(owner);
        if (amount > balance)
        {
            throw Abort.IllegalArgument($"{owner} has {balance}, less than {amount}");
        }

        Add(owner, TokenAmount.Zero - amount);
    }

    /// <summary>Takes away as much as there is above a floor, up to an amount; gives it.</summary>
    public TokenAmount SubtractAbove(Address owner, TokenAmount floor, TokenAmount amount)
    {
        TokenAmount free = TokenAmount.Max(TokenAmount.Zero, Get(owner) - floor);
        TokenAmount taken = TokenAmount.Min(free, amount);
        if (taken > TokenAmount.Zero)
        {
            Add(owner, TokenAmount.Zero - taken);
        }

        return taken;
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => map.Flush();
}
