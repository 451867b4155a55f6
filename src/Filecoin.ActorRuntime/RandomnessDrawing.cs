using System.Buffers.Binary;

namespace Filecoin.ActorRuntime;

/// <summary>What randomness is drawn for.</summary>
/// <remarks>Spec: builtin-actors runtime/src/runtime/randomness.rs.</remarks>
public enum RandomnessPurpose : long
{
    /// <summary>A block's ticket.</summary>
    TicketProduction = 1,

    /// <summary>A block's election.</summary>
    ElectionProofProduction = 2,

    /// <summary>The sectors that a winning PoSt covers.</summary>
    WinningPostChallengeSeed = 3,

    /// <summary>The sectors that a window PoSt covers.</summary>
    WindowPostChallengeSeed = 4,

    /// <summary>What a seal is made from.</summary>
    SealRandomness = 5,

    /// <summary>What a seal is asked.</summary>
    InteractiveSealChallengeSeed = 6,

    /// <summary>Where in the proving period a miner begins.</summary>
    WindowPostDeadlineAssignment = 7,

    /// <summary>When a deal is settled.</summary>
    MarketDealCronSeed = 8,

    /// <summary>The chain that a PoSt commits to.</summary>
    PostChainCommit = 9,

    /// <summary>An Ethereum contract's PREVRANDAO.</summary>
    EvmPrevRandao = 10,
}

/// <summary>Randomness for a purpose, drawn and hashed by the actor.</summary>
/// <remarks>
/// Errors: USR_ILLEGAL_ARGUMENT, the epoch has none. USR_ASSERTION_FAILED, any other failure.
/// </remarks>
public static class RandomnessDrawing
{
    private const int EpochOffset = sizeof(long) + RandomnessDraw.Length;
    private const int EntropyOffset = EpochOffset + sizeof(long);

    /// <summary>From tickets: 32 bytes.</summary>
    public static byte[] DrawFromTickets(
        this IRuntime runtime,
        RandomnessPurpose purpose,
        ChainEpoch epoch,
        ReadOnlySpan<byte> entropy)
    {
        Span<byte> digest = stackalloc byte[RandomnessDraw.Length];
        Require(runtime.ChainRandomness(epoch, digest));
        return Mix(runtime, purpose, digest, epoch, entropy);
    }

    /// <summary>From the beacon: 32 bytes.</summary>
    public static byte[] DrawFromBeacon(
        this IRuntime runtime,
        RandomnessPurpose purpose,
        ChainEpoch epoch,
        ReadOnlySpan<byte> entropy)
    {
        Span<byte> digest = stackalloc byte[RandomnessDraw.Length];
        runtime.GetBeacon(epoch, digest);
        return Mix(runtime, purpose, digest, epoch, entropy);
    }

    /// <summary>The beacon's own 32 bytes.</summary>
    public static void GetBeacon(this IRuntime runtime, ChainEpoch epoch, Span<byte> randomness) =>
        Require(runtime.BeaconRandomness(epoch, randomness));

    private static void Require(ErrorNumber error)
    {
        if (error is ErrorNumber.LimitExceeded or ErrorNumber.IllegalArgument)
        {
            throw Abort.IllegalArgument($"invalid lookback epoch: {error}");
        }

        if (error != ErrorNumber.None)
        {
            throw Abort.AssertionFailed($"randomness: {error}");
        }
    }

    private static byte[] Mix(
        IRuntime runtime,
        RandomnessPurpose purpose,
        ReadOnlySpan<byte> digest,
        ChainEpoch epoch,
        ReadOnlySpan<byte> entropy)
    {
        byte[] seed = new byte[EntropyOffset + entropy.Length];
        BinaryPrimitives.WriteInt64BigEndian(seed, (long)purpose);
        digest.CopyTo(seed.AsSpan(sizeof(long)));
        BinaryPrimitives.WriteInt64BigEndian(seed.AsSpan(EpochOffset), epoch.Value);
        entropy.CopyTo(seed.AsSpan(EntropyOffset));
        byte[] result = new byte[RandomnessDraw.Length];
        _ = runtime.Hash(HashFunction.Blake2b256, seed, result);
        return result;
    }
}
