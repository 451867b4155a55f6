using System.Numerics;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <summary>Limits of deals.</summary>
/// <remarks>Spec: actors/market 3; builtin-actors actors/market/src/policy.rs.</remarks>
public static class DealPolicy
{
    /// <summary>The code of a deal that is over, or was never taken on in time.</summary>
    public static readonly ExitCode Expired = new(32);

    /// <summary>The code of a deal that has not come into a sector yet.</summary>
    public static readonly ExitCode NotActivated = new(33);

    /// <summary>Bytes of a label at most.</summary>
    public const int LabelBytesMax = 256;

    /// <summary>Epochs of the shortest deal.</summary>
    public const long DurationMin = 180 * Epochs.InDay;

    /// <summary>Epochs of the longest deal.</summary>
    public const long DurationMax = 1_278 * Epochs.InDay;

    /// <summary>Epochs from one look of cron at a deal to the next.</summary>
    public const long UpdatesInterval = 30 * Epochs.InDay;

    /// <summary>Epochs for which data counts as verified beyond its deal.</summary>
    public const long AllocationTermBuffer = 90 * Epochs.InDay;

    /// <summary>Epochs for which data counts as verified at most.</summary>
    public const long AllocationTermMax = 5 * Epochs.InYear;

    /// <summary>Epochs in which verified data must come into a sector at most.</summary>
    public const long AllocationExpirationMax = 60 * Epochs.InDay;

    private const long CollateralPercent = 1;
    private const long PercentDenominator = 100;

    /// <summary>More FIL than there will ever be: no price or collateral is higher.</summary>
    public static TokenAmount AmountMax { get; } = TokenAmount.FromFil(2_000_000_000);

    /// <summary>Whether an amount is between 0 and more than there is.</summary>
    public static bool IsAmount(TokenAmount amount) =>
        !amount.IsNegative && amount <= AmountMax;

    /// <summary>
    /// The least that a provider pledges: a part of the circulating supply by the piece's part of
    /// the network's power, or of the baseline if that is more. Rounded down.
    /// </summary>
    public static TokenAmount ProviderCollateralMin(
        ulong pieceSize,
        BigInteger networkRawPower,
        BigInteger baselinePower,
        TokenAmount circulatingSupply)
    {
        BigInteger size = pieceSize;
        BigInteger power =
            BigInteger.Max(BigInteger.Max(networkRawPower, baselinePower), size);
        BigInteger target = circulatingSupply.ToBigInteger() * CollateralPercent;
        return TokenAmount.FromAtto(
            FixedPoint.DivideFloor(size * target, power * PercentDenominator));
    }

    /// <summary>
    /// The first epoch, not before another, in which cron looks at a deal: at a place in the
    /// interval that follows from its number, so that nobody can crowd an epoch.
    /// </summary>
    public static long NextUpdateEpoch(ulong deal, long interval, long earliest)
    {
        long offset = unchecked((long)deal) % interval;
        long passed = earliest - offset;
        long quotient = passed / interval;

        // Quirk: negative quotients are rounded up by the division.
        bool isExact = passed % interval == 0 || passed < 0;
        return (interval * (isExact ? quotient : quotient + 1)) + offset;
    }
}
