namespace Filecoin.Actors.Tokens;

/// <summary>Who has how many tokens, and who may spend them.</summary>
/// <param name="Supply">How many there are.</param>
/// <param name="Balances">HAMT from owners' ids to amounts; who has none is not in it.</param>
/// <param name="Allowances">
/// HAMT from owners' ids to HAMTs from operators' ids to amounts; none of them is empty.
/// </param>
/// <param name="HamtBitWidth">Hash bits that a node of all of them uses.</param>
/// <remarks>
/// Spec: actors/datacap; actors-utils frc46_token/src/token/state.rs. Each member loads the maps
/// that it needs anew, as the reference does and pays for.
/// </remarks>
[CborTuple]
public partial record struct TokenState(
    TokenAmount Supply, Cid Balances, Cid Allowances, uint HamtBitWidth)
{
    private const uint InitialBitWidth = 3;

    /// <summary>How all its maps are read; to read one of an impossible width fails.</summary>
    public readonly HamtOptions MapOptions() => TokenMap.Options(HamtBitWidth);

    /// <summary>Nobody has any tokens.</summary>
    public static TokenState Create(IBlockstore store) => new(
        TokenAmount.Zero,
        TokenMap<TokenAmount>.Empty(store, InitialBitWidth).Flush(),
        TokenMap<Cid>.Empty(store, InitialBitWidth).Flush(),
        InitialBitWidth);

    /// <summary>Makes the supply larger, or smaller.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, it would be negative.</exception>
    public void ChangeSupply(TokenAmount delta)
    {
        TokenAmount supply = Supply + delta;
        Supply = !supply.IsNegative
            ? supply
            : throw Abort.IllegalState($"supply of {Supply} cannot change by {delta}");
    }

    /// <summary>What an owner has.</summary>
    public readonly TokenAmount BalanceOf(IBlockstore store, ActorId owner) =>
        LoadBalances(store).TryGet(owner, out TokenAmount balance) ? balance : TokenAmount.Zero;

    /// <summary>Makes a balance larger, or smaller, and gives the new one.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_INSUFFICIENT_FUNDS, it would be negative. USR_SERIALIZATION.
    /// </exception>
    public TokenAmount ChangeBalance(IBlockstore store, ActorId owner, TokenAmount delta)
    {
        if (delta.IsZero)
        {
            return BalanceOf(store, owner);
        }

        TokenMap<TokenAmount> balances = LoadBalances(store);
        _ = balances.TryGet(owner, out TokenAmount before);
        TokenAmount balance = before + delta;
        if (balance.IsNegative)
        {
            throw Abort.InsufficientFunds(
                $"balance {before} of f0{owner} cannot change by {delta}");
        }

        if (balance.IsZero)
        {
            _ = balances.Delete(owner, out _);
        }
        else
        {
            balances.Set(owner, balance);
        }

        Balances = balances.Flush();
        return balance;
    }

    /// <summary>Gives tokens of one owner to another.</summary>
    /// <exception cref="ActorAbortException">USR_INSUFFICIENT_FUNDS. USR_SERIALIZATION.</exception>
    public void Transfer(IBlockstore store, ActorId from, ActorId to, TokenAmount amount)
    {
        if (from != to)
        {
            _ = ChangeBalance(store, from, TokenAmount.Zero - amount);
            _ = ChangeBalance(store, to, amount);
        }
        else if (BalanceOf(store, from) < amount)
        {
            throw Abort.InsufficientFunds($"f0{from} has less than {amount}");
        }
    }

    private readonly TokenMap<TokenAmount> LoadBalances(IBlockstore store) =>
        TokenMap<TokenAmount>.Load(store, Balances, HamtBitWidth);
}
