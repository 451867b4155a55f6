namespace Filecoin.Conformance.Damage;

/// <summary>How a block of a state is damaged.</summary>
internal enum DamageKind
{
    /// <summary>One bit is another.</summary>
    Bit,

    /// <summary>One byte is another.</summary>
    Byte,

    /// <summary>It ends early.</summary>
    Cut,

    /// <summary>A byte too many.</summary>
    Longer,

    /// <summary>It is a block of another kind.</summary>
    Other,

    /// <summary>It is not there.</summary>
    Missing,
}

/// <summary>Damage of a block, the same each time for the same seed.</summary>
internal sealed class StateDamage
{
    private uint state;

    private StateDamage(uint seed) => state = seed;

    /// <summary>The damage of a message in a round.</summary>
    internal static StateDamage Of(int message, int round)
    {
        // Knuth's multiplicative hash of both; not 0, where the generator would stay.
        uint seed = unchecked((((uint)message * 1_009) + (uint)round + 1) * 2_654_435_761);
        StateDamage damage = new(seed | 1);
        _ = damage.Below(1);
        _ = damage.Below(1);
        return damage;
    }

    /// <summary>How a block is damaged; mostly by a bit.</summary>
    internal DamageKind Kind() => Below(20) switch
    {
        < 11 => DamageKind.Bit,
        < 15 => DamageKind.Byte,
        15 => DamageKind.Cut,
        16 => DamageKind.Longer,
        17 or 18 => DamageKind.Other,
        _ => DamageKind.Missing,
    };

    /// <summary>A number below a bound.</summary>
    internal int Below(int bound)
    {
        // Marsaglia's xorshift; bounds are small, so that its bias does not matter.
        unchecked
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
        }

        return (int)(state % (uint)bound);
    }

    /// <summary>Damages a block; null if it is missing then.</summary>
    /// <param name="kind">How.</param>
    /// <param name="block">The block.</param>
    /// <param name="other">A block of another kind.</param>
    internal byte[]? Apply(DamageKind kind, ReadOnlySpan<byte> block, ReadOnlySpan<byte> other)
    {
        byte[] bytes = block.ToArray();
        int at = Below(bytes.Length);
        switch (kind)
        {
            case DamageKind.Bit:
                bytes[at] ^= (byte)(1 << Below(8));
                return bytes;
            case DamageKind.Byte:
                bytes[at] = unchecked((byte)(bytes[at] + 1 + Below(255)));
                return bytes;
            case DamageKind.Cut:
                return bytes[..at];
            case DamageKind.Longer:
                return [.. bytes[..at], (byte)Below(256), .. bytes[at..]];
            case DamageKind.Other:
                return other.ToArray();
            default:
                return null;
        }
    }
}
