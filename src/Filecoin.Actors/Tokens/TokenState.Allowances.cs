using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Tokens;

/// <content>Who may spend whose tokens.</content>
public partial record struct TokenState
{
    /// <summary>What an operator may spend of an owner's tokens.</summary>
    public readonly TokenAmount AllowanceBetween(
        IBlockstore store, ActorId owner, ActorId spender) =>
        TryLoadOf(store, LoadAllowances(store), owner, out TokenMap<TokenAmount>? allowances)
        && allowances.TryGet(spender, out TokenAmount allowance)
            ? allowance
            : TokenAmount.Zero;

    /// <summary>Makes an allowance larger, or smaller down to 0, and gives the new one.</summary>
    public TokenAmount ChangeAllowance(
        IBlockstore store, ActorId owner, ActorId spender, TokenAmount delta)
    {
        if (delta.IsZero)
        {
            return AllowanceBetween(store, owner, spender);
        }

        TokenMap<Cid> all = LoadAllowances(store);
        if (!TryLoadOf(store, all, owner, out TokenMap<TokenAmount>? allowances))
        {
            if (delta.IsNegative)
            {
                return TokenAmount.Zero;
            }

            allowances = TokenMap<TokenAmount>.Empty(store, HamtBitWidth);
        }

        _ = allowances.TryGet(spender, out TokenAmount before);
        TokenAmount allowance = TokenAmount.Max(before + delta, TokenAmount.Zero);
        if (allowance.IsZero)
        {
            _ = allowances.Delete(spender, out _);
        }
        else
        {
            allowances.Set(spender, allowance);
        }

        Store(all, owner, allowances);
        return allowance;
    }

    /// <summary>Takes an allowance away and gives what it was.</summary>
    public TokenAmount RevokeAllowance(IBlockstore store, ActorId owner, ActorId spender)
    {
        if (!TryLoadOf(
            store, LoadAllowances(store), owner, out TokenMap<TokenAmount>? allowances))
        {
            return TokenAmount.Zero;
        }

        _ = allowances.Delete(spender, out TokenAmount before);
        if (allowances.IsEmpty)
        {
            Store(LoadAllowances(store), owner, allowances);
        }
        else
        {
            // Quirk: here the owner's map is written before the map of all is loaded.
            Cid root = allowances.Flush();
            TokenMap<Cid> all = LoadAllowances(store);
            all.Set(owner, root);
            Allowances = all.Flush();
        }

        return before;
    }

    /// <summary>Sets an allowance that is more than 0 and gives what it was.</summary>
    public TokenAmount SetAllowance(
        IBlockstore store, ActorId owner, ActorId spender, TokenAmount allowance)
    {
        TokenMap<Cid> all = LoadAllowances(store);
        if (!TryLoadOf(store, all, owner, out TokenMap<TokenAmount>? allowances))
        {
            allowances = TokenMap<TokenAmount>.Empty(store, HamtBitWidth);
        }

        _ = allowances.TryGet(spender, out TokenAmount before);
        allowances.Set(spender, allowance);
        Store(all, owner, allowances);
        return before;
    }

    /// <summary>Spends an allowance and gives what is left of it.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_INSUFFICIENT_FUNDS, it is less, or nothing; an owner may spend nothing of the own.
    /// </exception>
    public TokenAmount UseAllowance(
        IBlockstore store, ActorId owner, ActorId spender, TokenAmount amount)
    {
        TokenAmount allowance = AllowanceBetween(store, owner, spender);
        if ((allowance.IsZero && spender != owner) || allowance < amount)
        {
            throw Abort.InsufficientFunds(
                $"f0{spender} may spend {allowance} of f0{owner}, not {amount}");
        }

        return amount.IsZero
            ? allowance
            : ChangeAllowance(store, owner, spender, TokenAmount.Zero - amount);
    }

    private readonly TokenMap<Cid> LoadAllowances(IBlockstore store) =>
        TokenMap<Cid>.Load(store, Allowances, HamtBitWidth);

    private readonly bool TryLoadOf(
        IBlockstore store,
        TokenMap<Cid> all,
        ActorId owner,
        [NotNullWhen(true)] out TokenMap<TokenAmount>? allowances)
    {
        allowances = all.TryGet(owner, out Cid root)
            ? TokenMap<TokenAmount>.Load(store, root, HamtBitWidth)
            : null;
        return allowances is not null;
    }

    private void Store(TokenMap<Cid> all, ActorId owner, TokenMap<TokenAmount> allowances)
    {
        if (allowances.IsEmpty)
        {
            _ = all.Delete(owner, out _);
        }
        else
        {
            all.Set(owner, allowances.Flush());
        }

        Allowances = all.Flush();
    }
}
