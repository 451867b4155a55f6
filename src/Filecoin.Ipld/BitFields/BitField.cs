using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>An immutable set of numbers, kept as runs and written as RLE+.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/bitfield; hamt-amt-kamt 6. What an operation costs depends on the number of
/// runs, never on how long they are.
/// </remarks>
public readonly partial struct BitField : ICbor<BitField>, IEquatable<BitField>
{
    /// <summary>The largest number.</summary>
    public const ulong BitMax = ulong.MaxValue - 1;

    /// <summary>The longest encoding in a CBOR item, in bytes.</summary>
    public const int EncodedLengthMax = 32 << 10;

    private readonly BitRun[]? runs;

    private BitField(BitRun[] runs) => this.runs = runs;

    /// <summary>The runs: ascending, neither empty, overlapping nor touching.</summary>
    public ReadOnlySpan<BitRun> Runs => runs;

    /// <summary>Whether there are no numbers.</summary>
    public bool IsEmpty => Runs.IsEmpty;

    /// <summary>How many numbers there are.</summary>
    public ulong Count
    {
        get
        {
            ulong count = 0;
            foreach (BitRun run in Runs)
            {
                count += run.Length;
            }

            return count;
        }
    }

    /// <summary>The smallest number; null of the empty set.</summary>
    public ulong? First => IsEmpty ? null : Runs[0].Start;

    /// <summary>The largest number; null of the empty set.</summary>
    public ulong? Last => IsEmpty ? null : Runs[^1].End - 1;

    /// <summary>The set of some numbers, in any order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is 2^64 - 1.</exception>
    public static BitField Of(params ReadOnlySpan<ulong> bits)
    {
        ulong[] sorted = bits.ToArray();
        Array.Sort(sorted);
        RunList runs = new();
        foreach (ulong bit in sorted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bit, BitMax, nameof(bits));
            runs.Add(bit, bit + 1);
        }

        return runs.ToBitField();
    }

    /// <summary>The set of adjacent numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The last is above 2^64 - 2.</exception>
    public static BitField OfRange(ulong start, ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ulong.MaxValue - start);
        return count == 0 ? default : new([new(start, start + count)]);
    }

    /// <summary>Reads RLE+; refuses what the reference refuses, for the same reason.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> encoded, out BitField field, out BitFieldError error)
    {
        field = default;
        if (encoded is [.., 0])
        {
            error = BitFieldError.NotMinimal;
            return false;
        }

        RlePlusReader reader = new(encoded);
        if (reader.Read(2) != 0)
        {
            error = BitFieldError.UnsupportedVersion;
            return false;
        }

        error = ReadRuns(ref reader, out field);
        return error == BitFieldError.None;
    }

    /// <summary>The RLE+ form; the empty set has no bytes.</summary>
    public byte[] Encode()
    {
        if (IsEmpty)
        {
            return [];
        }

        RlePlusWriter writer = new();
        writer.Write(0, 2);
        writer.Write(Runs[0].Start == 0 ? 1 : 0, 1);
        ulong end = 0;
        foreach (BitRun run in Runs)
        {
            if (run.Start != 0)
            {
                writer.WriteRun(run.Start - end);
            }

            writer.WriteRun(run.Length);
            end = run.End;
        }

        return writer.ToArray();
    }

    /// <inheritdoc/>
    /// <exception cref="IpldException">The RLE+ form is longer than 32 KiB.</exception>
    public void WriteTo(ref CborWriter writer)
    {
        byte[] encoded = Encode();
        if (encoded.Length > EncodedLengthMax)
        {
            throw IpldException.OutOfRange($"a bit field of {encoded.Length} bytes exceeds 32 KiB");
        }

        writer.WriteBytes(encoded);
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out BitField value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> encoded))
        {
            return false;
        }

        if (encoded.Length <= EncodedLengthMax && TryDecode(encoded, out value, out _))
        {
            return true;
        }

        reader.Rewind(start);
        return reader.Fail(CborErrorKind.InvalidValue);
    }

    /// <summary>Whether a number is in the set.</summary>
    public bool Contains(ulong bit)
    {
        int low = 0;
        int high = Runs.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Runs[middle].End <= bit ? (middle + 1, high) : (low, middle);
        }

        return low < Runs.Length && Runs[low].Start <= bit;
    }

    /// <summary>The numbers, ascending; false when there are more than a limit.</summary>
    public bool TryList(ulong countMax, [NotNullWhen(true)] out IEnumerable<ulong>? bits)
    {
        bits = Count <= countMax ? List(runs ?? []) : null;
        return bits is not null;
    }

    /// <inheritdoc/>
    public bool Equals(BitField other) => Runs.SequenceEqual(other.Runs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BitField other && Equals(other);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (BitRun run in Runs)
        {
            hash.Add(run);
        }

        return hash.ToHashCode();
    }

    /// <summary>Equality of the numbers.</summary>
    public static bool operator ==(BitField left, BitField right) => left.Equals(right);

    /// <summary>Inequality of the numbers.</summary>
    public static bool operator !=(BitField left, BitField right) => !left.Equals(right);

    private static BitFieldError ReadRuns(ref RlePlusReader reader, out BitField field)
    {
        field = default;
        bool isSet = reader.Read(1) == 1;
        RunList runs = new();
        ulong end = 0;
        while (reader.HasMore)
        {
            BitFieldError error = reader.ReadRun(out ulong length);
            if (error != BitFieldError.None)
            {
                return error;
            }

            if (length > ulong.MaxValue - end)
            {
                return BitFieldError.Overflow;
            }

            if (isSet)
            {
                runs.Add(end, end + length);
            }

            end += length;
            isSet = !isSet;
        }

        // The last run was one of zeros, or there was a first value and no run.
        if (isSet)
        {
            return BitFieldError.NotMinimal;
        }

        field = runs.ToBitField();
        return BitFieldError.None;
    }

    private static IEnumerable<ulong> List(BitRun[] runs)
    {
        foreach (BitRun run in runs)
        {
            for (ulong bit = run.Start; bit < run.End; bit++)
            {
                yield return bit;
            }
        }
    }

    /// <summary>Runs in the order of their starts; those that meet become one.</summary>
    private sealed class RunList
    {
        private readonly List<BitRun> runs = [];

        internal void Add(ulong start, ulong end)
        {
            if (start == end)
            {
                return;
            }

            if (runs.Count > 0 && start <= runs[^1].End)
            {
                runs[^1] = new(runs[^1].Start, ulong.Max(end, runs[^1].End));
            }
            else
            {
                runs.Add(new(start, end));
            }
        }

        internal BitField ToBitField() => new([.. runs]);
    }
}
