namespace Filecoin.Crypto.Curves;

/// <summary>Sums of many multiples at once.</summary>
/// <remarks>Spec: Pippenger's method, with buckets for each window of bits.</remarks>
internal static class MultiScalar
{
    /// <summary>Length of each scalar, big-endian, in bytes.</summary>
    internal const int ScalarLength = 32;

    private const int ScalarBits = 8 * ScalarLength;

    /// <summary>The sum of each point times its scalar.</summary>
    internal static CurvePoint<T> Sum<T>(
        ReadOnlySpan<AffinePoint<T>> points, ReadOnlySpan<byte> scalars)
        where T : unmanaged, IField<T>
    {
        if (scalars.Length != (long)points.Length * ScalarLength)
        {
            throw new ArgumentException(
                $"{points.Length} points need 32 bytes of scalar each, not {scalars.Length}");
        }

        // Windows grow with the number of points: filling buckets against emptying them.
        var window = Math.Clamp(int.Log2(points.Length | 1) - 1, 2, 12);
        var buckets = new CurvePoint<T>[1 << window];
        CurvePoint<T> sum = default;
        for (var low = (ScalarBits - 1) / window * window; low >= 0; low -= window)
        {
            for (var i = 0; i < window; i++)
            {
                sum = sum.Double();
            }

            Fill(buckets, points, scalars, low, window);
            sum += Empty(buckets);
        }

        return sum;
    }

    private static void Fill<T>(
        CurvePoint<T>[] buckets,
        ReadOnlySpan<AffinePoint<T>> points,
        ReadOnlySpan<byte> scalars,
        int low,
        int window)
        where T : unmanaged, IField<T>
    {
        Array.Clear(buckets);
        for (var i = 0; i < points.Length; i++)
        {
            var digit = Digit(scalars.Slice(i * ScalarLength, ScalarLength), low, window);
            if (digit != 0)
            {
                buckets[digit] += points[i];
            }
        }
    }

    /// <summary>The sum of each bucket times its number, by running sums from the top.</summary>
    private static CurvePoint<T> Empty<T>(CurvePoint<T>[] buckets)
        where T : unmanaged, IField<T>
    {
        CurvePoint<T> running = default;
        CurvePoint<T> sum = default;
        for (var digit = buckets.Length - 1; digit > 0; digit--)
        {
            running += buckets[digit];
            sum += running;
        }

        return sum;
    }

    private static int Digit(ReadOnlySpan<byte> scalar, int low, int window)
    {
        var digit = 0;
        for (var bit = Math.Min(low + window, ScalarBits) - 1; bit >= low; bit--)
        {
            digit = (digit << 1) | ((scalar[ScalarLength - 1 - (bit / 8)] >> (bit % 8)) & 1);
        }

        return digit;
    }
}
