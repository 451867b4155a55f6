namespace Filecoin.Ipld;

/// <content>Sets made of sets, run by run.</content>
public readonly partial struct BitField
{
    /// <summary>The numbers in either set.</summary>
    public BitField Union(BitField other) => Combine(other, static (left, right) => left || right);

    /// <summary>The numbers in both sets.</summary>
    public BitField Intersect(BitField other) =>
        Combine(other, static (left, right) => left && right);

    /// <summary>The numbers that are not in another set.</summary>
    public BitField Except(BitField other) =>
        Combine(other, static (left, right) => left && !right);

    /// <summary>Whether all numbers of another set are in this one.</summary>
    public bool ContainsAll(BitField other) => other.Except(this).IsEmpty;

    /// <summary>Whether a number of another set is in this one.</summary>
    public bool ContainsAny(BitField other) => !Intersect(other).IsEmpty;

    /// <summary>Takes the places named by another set out and closes up what follows.</summary>
    public BitField Cut(BitField other)
    {
        RunList result = new();
        ReadOnlySpan<BitRun> gaps = other.Runs;
        ulong shift = 0;
        foreach (BitRun run in Except(other).Runs)
        {
            while (!gaps.IsEmpty && gaps[0].End <= run.Start)
            {
                shift += gaps[0].Length;
                gaps = gaps[1..];
            }

            result.Add(run.Start - shift, run.End - shift);
        }

        return result.ToBitField();
    }

    /// <summary>
    /// Skips the <paramref name="skipped"/> smallest numbers and takes the next; false when
    /// there are fewer than <paramref name="count"/>.
    /// </summary>
    public bool TrySlice(ulong skipped, ulong count, out BitField slice)
    {
        RunList result = new();
        foreach (BitRun run in Runs)
        {
            ulong before = ulong.Min(skipped, run.Length);
            skipped -= before;
            ulong taken = ulong.Min(count, run.Length - before);
            count -= taken;
            result.Add(run.Start + before, run.Start + before + taken);
        }

        slice = count == 0 ? result.ToBitField() : default;
        return count == 0;
    }

    private BitField Combine(BitField other, Func<bool, bool, bool> isKept)
    {
        RunList result = new();
        Sweep left = new(Runs);
        Sweep right = new(other.Runs);
        ulong start = 0;
        while (!left.IsDone || !right.IsDone)
        {
            ulong at = ulong.Min(left.Next, right.Next);
            if (isKept(left.IsInside, right.IsInside))
            {
                result.Add(start, at);
            }

            left.Pass(at);
            right.Pass(at);
            start = at;
        }

        return result.ToBitField();
    }

    /// <summary>Goes from one border of a run to the next.</summary>
    private ref struct Sweep(ReadOnlySpan<BitRun> runs)
    {
        private readonly ReadOnlySpan<BitRun> runs = runs;
        private int passed;

        internal readonly bool IsDone => passed == 2 * runs.Length;

        internal readonly bool IsInside => passed % 2 == 1;

        /// <summary>The next border; the end of all numbers when there is none.</summary>
        internal readonly ulong Next =>
            IsDone ? ulong.MaxValue : IsInside ? runs[passed / 2].End : runs[passed / 2].Start;

        internal void Pass(ulong at) => passed += !IsDone && Next == at ? 1 : 0;
    }
}
