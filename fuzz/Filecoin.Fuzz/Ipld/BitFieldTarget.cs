using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>Two bit fields, the first behind its length: one encoding each, and set laws.</summary>
public static class BitFieldTarget
{
    public static IEnumerable<byte[]> Seeds()
    {
        BitField[] fields =
        [
            default,
            BitField.Of(0, 2, 3, 10, 40),
            BitField.OfRange(5, 1_000_000),
            BitField.OfRange(0, ulong.MaxValue),
            BitField.Of(1, 3, 5, 7, 1UL << 40, 1UL << 63),
        ];
        foreach (BitField left in fields)
        {
            foreach (BitField right in fields)
            {
                byte[] encoded = left.Encode();
                yield return [(byte)encoded.Length, .. encoded, .. right.Encode()];
            }
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        int length = input.IsEmpty ? 0 : Math.Min(input[0], input.Length - 1);
        ReadOnlySpan<byte> first = input.IsEmpty ? input : input.Slice(1, length);
        if (!TryRead(first, out BitField left, out BitFieldError error)
            || !TryRead(input[Math.Min(1 + length, input.Length)..], out BitField right, out error))
        {
            return Outcome.Refused(error.ToString());
        }

        BitField both = left.Intersect(right);
        BitField either = left.Union(right);
        BitField rest = left.Except(right);
        Claim.Holds(rest.Union(both) == left, "a set is not its parts");
        Claim.Holds(rest.Intersect(right).IsEmpty, "a difference that is shared");
        Claim.Holds(rest.Union(right) == either, "a union that is not of the parts");
        Claim.Holds(
            (UInt128)left.Count + right.Count == (UInt128)both.Count + either.Count, "counts");
        Claim.Holds(left.ContainsAny(right) == !both.IsEmpty, "any without one");
        Claim.Holds(left.ContainsAll(right) == (either == left), "all without one");
        Claim.Holds(left.Cut(right).Count == rest.Count, "a cut takes or leaves too much");
        Claim.Holds(left.TrySlice(0, left.Count, out BitField all) && all == left, "a slice");
        Claim.Holds(left.First is not ulong least || left.Contains(least), "the first");
        Claim.Holds(left.Last is not ulong last || left.Contains(last), "the last");
        return Outcome.Accepted(
            $"runs {Outcome.Size(left.Runs.Length)} {Outcome.Size(right.Runs.Length)} any"
            + $" {!both.IsEmpty} all {either == left}");
    }

    private static bool TryRead(
        ReadOnlySpan<byte> encoded, out BitField field, out BitFieldError error)
    {
        bool isRead = BitField.TryDecode(encoded, out field, out error);
        Claim.Holds(isRead == (error == BitFieldError.None), "an error or a field");
        Claim.Holds(
            !isRead || field.Encode().AsSpan().SequenceEqual(encoded), "two encodings of a set");
        return isRead;
    }
}
