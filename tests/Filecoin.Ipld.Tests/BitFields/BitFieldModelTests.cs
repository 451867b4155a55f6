using CsCheck;

namespace Filecoin.Ipld.Tests.BitFields;

/// <summary>A set through 100,000 changes, against a plain sorted set of numbers.</summary>
public sealed class BitFieldModelTests
{
    private const string Seed = "0N0XIzNsQ0O2";
    private const int Steps = 500;
    private const int Sequences = 200;

    /// <summary>Where numbers are; within a band they meet, between bands there are gaps.</summary>
    private static readonly ulong[] Bands = [0, 40, 1UL << 20, 1UL << 62, BitField.BitMax - 400];

    /// <summary>Runs and gaps of 1 to 17 numbers, around the border of short lengths.</summary>
    private static readonly Gen<Operand> Operands = Gen.Select(
        Gen.Int[0, Bands.Length - 1], Gen.ULong[0, 60], Gen.ULong[1, 17].Array[1, 7],
        (band, offset, lengths) => new Operand(Bands[band] + offset, lengths));

    private enum Kind
    {
        Union,
        UnionAgain,
        Except,
        Intersect,
        Cut,
        Slice,
    }

    [Fact]
    public void It_is_the_plain_set_after_each_of_100_000_changes() =>
        Gen.Select(Gen.Enum<Kind>(), Operands, Gen.ULong[0, 30], Gen.ULong[0, 90])
            .Array[Steps].Sample(
            steps =>
            {
                BitField field = default;
                SortedSet<ulong> model = [];
                foreach ((Kind kind, Operand operand, ulong skipped, ulong count) in steps)
                {
                    field = kind == Kind.Slice
                        ? Slice(field, model, skipped, count)
                        : Change(kind, field, model, operand);
                    Compare(field, model, operand);
                }
            },
            seed: Seed,
            iter: Sequences);

    private static BitField Change(
        Kind kind, BitField field, SortedSet<ulong> model, Operand operand)
    {
        ulong[] numbers = operand.Numbers();
        BitField other = BitField.Of(numbers);
        Assert.Equal(model.IsSupersetOf(numbers), field.ContainsAll(other));
        Assert.Equal(model.Overlaps(numbers), field.ContainsAny(other));
        switch (kind)
        {
            case Kind.Except:
                model.ExceptWith(numbers);
                return field.Except(other);
            case Kind.Intersect:
                // All but the operand's gaps is kept, so that something is left.
                ulong[] gaps = operand.Gaps();
                ulong[] kept = [.. model.Except(gaps)];
                model.IntersectWith(kept);
                return field.Intersect(BitField.Of([.. kept, .. numbers.Except(model)]));
            case Kind.Cut:
                ulong[] rest =
                [
                    .. model.Except(numbers).Select(
                        number => number - (ulong)numbers.Count(place => place < number)),
                ];
                model.Clear();
                model.UnionWith(rest);
                return field.Cut(other);
            default:
                model.UnionWith(numbers);
                return field.Union(other);
        }
    }

    private static BitField Slice(
        BitField field, SortedSet<ulong> model, ulong skipped, ulong count)
    {
        ulong[] taken = [.. model.Skip((int)skipped).Take((int)count)];
        bool isThere = field.TrySlice(skipped, count, out BitField slice);
        Assert.Equal((ulong)taken.Length == count, isThere);
        if (!isThere)
        {
            return field;
        }

        model.IntersectWith(taken);
        return slice;
    }

    private static void Compare(BitField field, SortedSet<ulong> model, Operand operand)
    {
        Assert.True(field.TryList((ulong)model.Count, out IEnumerable<ulong>? listed));
        Assert.True(model.SequenceEqual(listed));
        Assert.Equal((ulong)model.Count, field.Count);
        Assert.Equal(model.Count == 0 ? null : (ulong?)model.Min, field.First);
        Assert.Equal(model.Count == 0 ? null : (ulong?)model.Max, field.Last);
        for (ulong number = operand.Start; number < operand.Start + 20; number++)
        {
            Assert.Equal(model.Contains(number), field.Contains(number));
        }

        // Runs neither are empty nor touch, and there is one encoding.
        BitRun? before = null;
        foreach (BitRun run in field.Runs)
        {
            Assert.True(run.Start < run.End && !(before?.End >= run.Start));
            before = run;
        }

        byte[] encoded = field.Encode();
        Assert.True(BitField.TryDecode(encoded, out BitField again, out _));
        Assert.Equal(field, again);
        Assert.Equal(encoded, again.Encode());
        Assert.Equal(field, BitField.Of([.. model]));
    }

    /// <summary>Numbers: runs and gaps by turns from a start.</summary>
    private readonly record struct Operand(ulong Start, ulong[] Lengths)
    {
        internal ulong[] Numbers() => Every(isGap: false);

        internal ulong[] Gaps() => Every(isGap: true);

        private ulong[] Every(bool isGap)
        {
            List<ulong> numbers = [];
            ulong at = Start;
            for (int i = 0; i < Lengths.Length; i++)
            {
                for (ulong j = 0; j < Lengths[i]; j++, at++)
                {
                    if (i % 2 == (isGap ? 1 : 0))
                    {
                        numbers.Add(at);
                    }
                }
            }

            return [.. numbers];
        }
    }
}
