using System.Numerics;

namespace Filecoin.Actors.Tokens;

/// <summary>What holds of every token.</summary>
/// <remarks>Spec: actors-utils frc46_token/src/token/state.rs, check_invariants.</remarks>
public static class TokenInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Who has how many.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">A map cannot be read.</exception>
    public static IReadOnlyList<string> Check(TokenState state, IBlockstore store)
    {
        List<string> complaints = [];
        if (state.Supply.IsNegative)
        {
            complaints.Add($"the supply {state.Supply} is negative");
        }

        HamtOptions options = state.MapOptions();
        TokenAmount sum = TokenAmount.Zero;
        Hamt<TokenAmount>.Load(store, state.Balances, options).ForEach((key, balance) =>
        {
            sum += balance;
            complaints.AddRange(CheckBalance(NameOf(key), balance));
        });
        if (sum != state.Supply)
        {
            complaints.Add($"all balances are {sum} and the supply is {state.Supply}");
        }

        Hamt<Cid>.Load(store, state.Allowances, options).ForEach((key, root) =>
        {
            Hamt<TokenAmount> allowances = Hamt<TokenAmount>.Load(store, root, options);
            string owner = NameOf(key);
            if (allowances.IsEmpty)
            {
                complaints.Add($"{owner} has a map of allowances without any");
            }

            allowances.ForEach((spender, allowance) =>
            {
                if (allowance.IsNegative || allowance.IsZero)
                {
                    complaints.Add($"{NameOf(spender)} may spend {allowance} of {owner}");
                }
            });
        });
        return complaints;
    }

    private static IEnumerable<string> CheckBalance(string owner, TokenAmount balance)
    {
        if (balance.IsNegative || balance.IsZero)
        {
            yield return $"{owner} is kept with {balance}";
        }

        if (!BigInteger.Remainder(balance.ToBigInteger(), TokenLedger.Granularity).IsZero)
        {
            yield return $"{owner} has {balance}, no multiple of {TokenLedger.Granularity}";
        }
    }

    private static string NameOf(ReadOnlyMemory<byte> key) =>
        UInt64Key.TryParse(key.Span, out ulong id)
            ? $"f0{id}"
            : $"the key {Convert.ToHexStringLower(key.Span)}, which is no id,";
}
