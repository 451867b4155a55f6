using System.Buffers.Binary;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>Randomness for one purpose, drawn from that of an epoch.</summary>
/// <remarks>
/// Spec: crypto 6.2; builtin-actors runtime/src/runtime/randomness.rs. Up to network version 20
/// the machine draws, after it the actors do.
/// </remarks>
public static class RandomnessDraw
{
    /// <summary>Length of what is drawn and of what it is drawn from, in bytes.</summary>
    public const int Length = 32;

    private const int FixedBytes = (2 * sizeof(long)) + Length;
    private const int StackBytesMax = 256;

    /// <summary>Hashes purpose, the epoch's digest, epoch and entropy to 32 bytes.</summary>
    /// <exception cref="ArgumentException">The digest has not 32 bytes.</exception>
    public static void Compute(
        long purpose,
        ReadOnlySpan<byte> digest32,
        long epoch,
        ReadOnlySpan<byte> entropy,
        Span<byte> target32)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest32.Length, Length);
        int length = FixedBytes + entropy.Length;
        Span<byte> seed = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt64BigEndian(seed, purpose);
        digest32.CopyTo(seed[sizeof(long)..]);
        BinaryPrimitives.WriteInt64BigEndian(seed[(sizeof(long) + Length)..], epoch);
        entropy.CopyTo(seed[FixedBytes..]);
        Blake2b.Hash256(seed, target32);
    }
}
