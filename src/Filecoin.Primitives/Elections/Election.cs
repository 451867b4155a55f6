using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>Who may make a block of an epoch, and how often it counts.</summary>
/// <remarks>Spec: crypto 6.4; lotus chain/types/electionproof.go.</remarks>
public static class Election
{
    /// <summary>Blocks that are expected in an epoch.</summary>
    public const int BlocksPerEpoch = 5;

    /// <summary>The most that a miner can win.</summary>
    public const int WinsMax = 3 * BlocksPerEpoch;

    private const int DigestLength = 32;

    /// <summary>How many times a miner wins with the proof that it drew.</summary>
    /// <param name="vrfProof">The signature that is the proof.</param>
    /// <param name="power">The miner's power, quality adjusted.</param>
    /// <param name="totalPower">The network's, which the miner's is part of.</param>
    /// <exception cref="ArgumentOutOfRangeException">The power is no part of the total.</exception>
    public static int CountWins(
        ReadOnlySpan<byte> vrfProof, BigInteger power, BigInteger totalPower)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalPower);
        ArgumentOutOfRangeException.ThrowIfNegative(power);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, totalPower);
        Span<byte> digest = stackalloc byte[DigestLength];
        Blake2b.Hash256(vrfProof, digest);
        BigInteger drawn = new(digest, isUnsigned: true, isBigEndian: true);
        PoissonTail tail = new(((power * BlocksPerEpoch) << PoissonTail.Precision) / totalPower);
        int wins = 0;
        while (drawn < tail.Value && wins < WinsMax)
        {
            wins++;
            tail.Next();
        }

        return wins;
    }
}
