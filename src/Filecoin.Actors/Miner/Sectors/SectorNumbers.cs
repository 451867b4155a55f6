namespace Filecoin.Actors.Miner;

/// <summary>Bit fields as lists of numbers.</summary>
internal static class SectorNumbers
{
    /// <summary>The set of some numbers, in any order.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, one is 2^64 - 1.</exception>
    internal static BitField Of(List<ulong> numbers) =>
        TryOf(numbers, out BitField field)
            ? field
            : throw Abort.IllegalState("a number is out of a bit field's range");

    /// <summary>The set of some numbers, in any order; false if one is 2^64 - 1.</summary>
    internal static bool TryOf(List<ulong> numbers, out BitField field)
    {
        bool fits = !numbers.Contains(ulong.MaxValue);
        field = fits
            ? BitField.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers))
            : default;
        return fits;
    }

    /// <summary>The set with one more number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 2^64 - 1.</exception>
    internal static BitField With(this BitField field, ulong number) =>
        field.Union(BitField.Of(number));

    /// <summary>The set without a number.</summary>
    internal static BitField Without(this BitField field, ulong number) =>
        field.Contains(number) ? field.Except(BitField.Of(number)) : field;

    /// <summary>The numbers, ascending.</summary>
    internal static IEnumerable<ulong> Each(this BitField field) =>
        field.TryList(ulong.MaxValue, out IEnumerable<ulong>? numbers) ? numbers : [];
}
