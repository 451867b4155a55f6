using System.Numerics;

namespace Filecoin.Chain;

/// <summary>What a unit of gas burns at least, from tipset to tipset.</summary>
/// <remarks>Spec: lotus chain/store/basefee.go; FIP-0115 since network version 28.</remarks>
public static class BlockFees
{
    /// <summary>A change is at most one part in so many.</summary>
    private const int ChangeDivisor = 8;

    /// <summary>Up to version 27 a block with half its gas leaves the fee as it is.</summary>
    private const int TargetDivisor = 2;

    /// <summary>Since version 28 the premium counts that is below this share of a block.</summary>
    private const int FullPercent = 80;

    /// <summary>The fee for the messages of the tipset that follows.</summary>
    /// <param name="network">Its parameters.</param>
    /// <param name="baseFee">The tipset's own fee, in attoFIL.</param>
    /// <param name="blocks">The tipset's blocks.</param>
    public static TokenAmount NextBaseFee(
        NetworkParameters network, TokenAmount baseFee, IReadOnlyList<FullBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfZero(blocks.Count);
        if (network.Version < NetworkVersion.V28)
        {
            return FromUse(network, baseFee, GasOf(blocks), blocks.Count);
        }

        List<(TokenAmount Premium, long Gas)> offers = OffersOf(baseFee, blocks);
        long index = (network.BlockGasMax * FullPercent / 100) - 1;
        return FromPremium(network, baseFee, PremiumAt(offers, index));
    }

    /// <summary>The premium that a message pays at a base fee: what its cap leaves.</summary>
    public static TokenAmount EffectivePremium(Message message, TokenAmount baseFee) =>
        TokenAmount.Min(
            message.GasPremium,
            TokenAmount.Max(TokenAmount.Zero, message.GasFeeCap - baseFee));

    /// <summary>Up to network version 27: towards half-full blocks.</summary>
    internal static TokenAmount FromUse(
        NetworkParameters network, TokenAmount baseFee, long gas, int blockCount)
    {
        long target = network.BlockGasMax / TargetDivisor;
        long delta = long.Clamp((gas / blockCount) - target, -target, target);

        // Quirk: each division rounds down, also of what is negative.
        TokenAmount change =
            (baseFee * delta).DivideFloor(target).DivideFloor(ChangeDivisor);
        return TokenAmount.Max(network.BaseFeeMin, baseFee + change);
    }

    /// <summary>Since network version 28: towards blocks that pay no premium.</summary>
    internal static TokenAmount FromPremium(
        NetworkParameters network, TokenAmount baseFee, TokenAmount premium)
    {
        TokenAmount changeMax = baseFee.DivideCeiling(ChangeDivisor);
        return TokenAmount.Max(
            network.BaseFeeMin, baseFee + TokenAmount.Min(changeMax, premium - changeMax));
    }

    /// <summary>The premium of the gas at an index, of all gas by falling premium.</summary>
    internal static TokenAmount PremiumAt(
        List<(TokenAmount Premium, long Gas)> offers, long index)
    {
        long total = 0;
        foreach ((_, long gas) in offers)
        {
            total += gas;
        }

        if (total <= index)
        {
            return TokenAmount.Zero;
        }

        offers.Sort(static (left, right) => right.Premium.CompareTo(left.Premium));
        foreach ((TokenAmount premium, long gas) in offers)
        {
            if (index < gas)
            {
                return premium;
            }

            index -= gas;
        }

        return TokenAmount.Zero;
    }

    private static long GasOf(IReadOnlyList<FullBlock> blocks)
    {
        HashSet<Cid> seen = [];
        long gas = 0;
        foreach (FullBlock block in blocks)
        {
            foreach (ChainMessage message in block.Messages)
            {
                gas += seen.Add(message.Cid) ? (long)message.Message.GasLimit : 0;
            }
        }

        return gas;
    }

    private static List<(TokenAmount Premium, long Gas)> OffersOf(
        TokenAmount baseFee, IReadOnlyList<FullBlock> blocks)
    {
        HashSet<(Address, ulong)> seen = [];
        List<(TokenAmount, long)> offers = [];
        foreach (FullBlock block in blocks)
        {
            foreach (ChainMessage chained in block.Messages)
            {
                Message message = chained.Message;
                if (seen.Add((message.From, message.Nonce)))
                {
                    offers.Add((EffectivePremium(message, baseFee), (long)message.GasLimit));
                }
            }
        }

        return offers;
    }
}

/// <summary>Weights of chains.</summary>
/// <remarks>Spec: lotus chain/consensus/filcns/weight.go.</remarks>
internal static class Weights
{
    private const int Shift = 8;
    private const int RatioDivisor = 2;

    /// <summary>The weight of a chain that ends with a tipset.</summary>
    public static ChainWeight Of(NetworkParameters network, Tipset tipset)
    {
        BigInteger wins = 0;
        foreach (BlockHeader block in tipset.Blocks)
        {
            wins += block.ElectionProof?.WinCount ?? 0;
        }

        BigInteger power = network.PowerBits << Shift;
        return new(tipset.ParentWeight.Value
            + power
            + (power * wins / (Election.BlocksPerEpoch * RatioDivisor)));
    }
}
