using CsCheck;

namespace Filecoin.Ipld.Tests.BitFields;

public sealed class BitFieldTests
{
    private const ulong Far = 1UL << 63;
    private const string Seed = "0N0XIzNsQ0O2";

    /// <summary>Sets of runs and gaps of up to five numbers.</summary>
    private static readonly Gen<ulong[]> Sets =
        Gen.Int[0, 4].Array[0, 24].Select(lengths =>
        {
            List<ulong> bits = [];
            ulong at = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                for (int j = 0; j < lengths[i]; j++, at++)
                {
                    if (i % 2 == 0)
                    {
                        bits.Add(at);
                    }
                }
            }

            return bits.ToArray();
        });

    [Fact]
    public void Algebra_of_runs_is_algebra_of_numbers() =>
        Gen.Select(Sets, Sets).Sample(
            (a, b) =>
            {
                (BitField left, BitField right) = (BitField.Of(a), BitField.Of(b));
                Assert.Equal(BitField.Of([.. a.Union(b)]), left.Union(right));
                Assert.Equal(BitField.Of([.. a.Intersect(b)]), left.Intersect(right));
                Assert.Equal(BitField.Of([.. a.Except(b)]), left.Except(right));
                Assert.Equal(BitField.Of(CutOf(a, b)), left.Cut(right));
                Assert.Equal(b.All(a.Contains), left.ContainsAll(right));
                Assert.Equal(b.Any(a.Contains), left.ContainsAny(right));
            },
            seed: Seed,
            iter: 2_000);

    [Fact]
    public void Questions_of_runs_are_questions_of_numbers() =>
        Gen.Select(Sets, Gen.Int[0, 30], Gen.Int[0, 30]).Sample(
            (bits, skipped, count) =>
            {
                BitField field = BitField.Of([.. bits.Reverse()]);
                Assert.Equal((ulong)bits.Length, field.Count);
                Assert.Equal(bits.Cast<ulong?>().FirstOrDefault(), field.First);
                Assert.Equal(bits.Cast<ulong?>().LastOrDefault(), field.Last);
                Assert.Equal(bits.Contains((ulong)skipped), field.Contains((ulong)skipped));
                Assert.Equal(bits.Length <= count, field.TryList((ulong)count, out var listed));
                Assert.Equal(bits.Length <= count ? bits : null, listed);
                ulong[] taken = [.. bits.Skip(skipped).Take(count)];
                bool isThere = field.TrySlice((ulong)skipped, (ulong)count, out BitField slice);
                Assert.Equal(taken.Length == count, isThere);
                Assert.Equal(isThere ? BitField.Of(taken) : default, slice);
            },
            seed: Seed,
            iter: 2_000);

    [Fact]
    public void Every_set_comes_back_from_its_encoding() =>
        Gen.Select(Gen.ULong[1, 40].Array[0, 60], Gen.Int[0, 58], Gen.Bool).Sample(
            (lengths, shift, startsSet) =>
            {
                BitField field = default;
                ulong at = startsSet ? 0UL : 1UL << shift;
                foreach (ulong length in lengths)
                {
                    field = field.Union(BitField.OfRange(at, length));
                    at += 2 * length;
                }

                Assert.True(BitField.TryDecode(field.Encode(), out BitField again, out _));
                Assert.Equal(field, again);
                Assert.Equal(field.GetHashCode(), again.GetHashCode());
            },
            seed: Seed,
            iter: 1_000);

    [Fact]
    public void Sets_as_wide_as_all_numbers_are_cheap()
    {
        BitField all = BitField.OfRange(0, ulong.MaxValue);
        BitField upper = BitField.OfRange(Far, Far - 1);
        Assert.Equal(BitField.OfRange(0, Far), all.Except(upper));
        Assert.Equal(upper, all.Intersect(upper));
        Assert.Equal(all, upper.Union(BitField.OfRange(0, Far)));
        Assert.Equal(BitField.OfRange(0, Far - 1), all.Cut(BitField.OfRange(1, Far)));
        Assert.Equal(ulong.MaxValue, all.Count);
        Assert.True(all.Contains(BitField.BitMax));
        Assert.False(all.Contains(ulong.MaxValue));
        Assert.True(all.TrySlice(Far, 3, out BitField slice));
        Assert.Equal(BitField.OfRange(Far, 3), slice);
        Assert.False(all.TryList(ulong.MaxValue - 1, out _));
    }

    [Fact]
    public void The_number_2_64_1_is_in_no_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BitField.Of(0, 99, ulong.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitField.OfRange(ulong.MaxValue, 1));
        Assert.Equal(BitField.BitMax, BitField.Of(0, 99, ulong.MaxValue - 1).Last);
    }

    /// <summary>Source: ref-fvm ipld/bitfield/src/lib.rs, the picture of cut.</summary>
    [Fact]
    public void Cutting_closes_the_gaps() =>
        Assert.Equal(
            BitField.Of(0, 1, 2, 5),
            BitField.Of(0, 1, 3, 4, 5, 8).Cut(BitField.Of(1, 2, 4)));

    private static ulong[] CutOf(ulong[] bits, ulong[] cut) =>
        [.. bits.Except(cut).Select(bit => bit - (ulong)cut.Count(place => place < bit))];
}
