using System.Buffers.Binary;
using Filecoin.Crypto.Bls12381;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Tests;

public sealed class CurveTests
{
    private static readonly byte[] Order = Convert.FromHexString(
        "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

    private static readonly AffinePoint<Fp> P = G1.Generator;
    private static readonly AffinePoint<Fp2> Q = G2.Generator;

    [Fact]
    public void The_generators_have_the_order_of_the_groups()
    {
        Assert.True(P.ToCurvePoint().Multiply(Order).IsInfinity);
        Assert.True(Q.ToCurvePoint().Multiply(Order).IsInfinity);
        Assert.True(G1.IsInGroup(P));
        Assert.True(G2.IsInGroup(Q));
    }

    [Fact]
    public void Points_of_the_curve_need_not_be_in_the_group()
    {
        for (var i = 1u; i < 10; i++)
        {
            var first = HashToCurve.MapToCurveG1(Fp.Of(i));
            Assert.True(first.ToAffine().IsOnCurve(Fp.Of(4)));
            Assert.False(G1.IsInGroup(first.ToAffine()));
            Assert.False(first.Multiply(Order).IsInfinity);
            Assert.True(G1.IsInGroup(G1.ClearCofactor(first).ToAffine()));
            Assert.True(G1.ClearCofactor(first).Multiply(Order).IsInfinity);

            var second = HashToCurve.MapToCurveG2(new(Fp.Of(i), Fp.One));
            Assert.True(second.ToAffine().IsOnCurve(new(Fp.Of(4), Fp.Of(4))));
            Assert.False(G2.IsInGroup(second.ToAffine()));
            Assert.False(second.Multiply(Order).IsInfinity);
            Assert.True(G2.IsInGroup(G2.ClearCofactor(second).ToAffine()));
            Assert.True(G2.ClearCofactor(second).Multiply(Order).IsInfinity);
        }
    }

    [Fact]
    public void Points_outside_the_group_are_not_read()
    {
        var first = HashToCurve.MapToCurveG1(Fp.Of(5)).ToAffine();
        var second = HashToCurve.MapToCurveG2(new(Fp.Of(5), Fp.One)).ToAffine();
        var bytes = new byte[192];
        G1.WriteCompressed(first, bytes);
        Assert.False(G1.TryReadCompressed(bytes.AsSpan(0, 48), out _));
        G1.WriteUncompressed(first, bytes);
        Assert.False(G1.TryReadUncompressed(bytes.AsSpan(0, 96), out _));
        G2.WriteCompressed(second, bytes);
        Assert.False(G2.TryReadCompressed(bytes.AsSpan(0, 96), out _));
        G2.WriteUncompressed(second, bytes);
        Assert.False(G2.TryReadUncompressed(bytes, out _));
    }

    [Fact]
    public void Sums_do_not_depend_on_the_way()
    {
        var p = P.ToCurvePoint();
        Assert.True((p + p).IsSame(p.Double()));
        Assert.True((p + P).IsSame(p.Double()));
        Assert.True((p - p).IsInfinity);
        Assert.True((p + -P).IsInfinity);
        Assert.True((p + default(CurvePoint<Fp>)).IsSame(p));
        Assert.True((default(CurvePoint<Fp>) + p).IsSame(p));
        Assert.True((default(CurvePoint<Fp>) + P).IsSame(p));
        Assert.True(default(CurvePoint<Fp>).Double().IsInfinity);
        Assert.True((p.Double() + p + p.Double()).IsSame(p.Multiply([5])));
        Assert.True((p.Double().Double() + P).IsSame(p.Multiply([5])));
        Assert.False(p.IsSame(p.Double()));
        Assert.True(p.MultiplyByNumber().IsSame(-p.Multiply(Parameter())));
    }

    [Fact]
    public void Multiples_in_the_group_of_signatures_are_those_of_the_curve()
    {
        Random random = new(3);
        CurvePoint<Fp2> point = Q.ToCurvePoint().Multiply([77, 5]);
        byte[] last = [.. Order[..^1], 0];
        List<byte[]> scalars = [[], [0], [1], [2], Parameter(), [1, .. new byte[24]], last];
        for (int i = 0; i < 50; i++)
        {
            byte[] scalar = new byte[32];
            random.NextBytes(scalar);
            scalar[0] &= 63;
            scalars.Add(scalar);
        }

        Assert.All(scalars, scalar =>
            Assert.True(G2.Multiply(point, scalar).IsSame(point.Multiply(scalar))));
    }

    [Fact]
    public void Written_points_are_read_again()
    {
        var bytes = new byte[192];
        foreach (var scalar in new byte[] { 0, 1, 2, 77, 255 })
        {
            var p = P.ToCurvePoint().Multiply([scalar]);
            G1.WriteCompressed(p.ToAffine(), bytes);
            Assert.True(G1.TryReadCompressed(bytes.AsSpan(0, 48), out var p2));
            Assert.True(p2.ToCurvePoint().IsSame(p));
            G1.WriteUncompressed(p.ToAffine(), bytes);
            Assert.True(G1.TryReadUncompressed(bytes.AsSpan(0, 96), out p2));
            Assert.True(p2.ToCurvePoint().IsSame(p));

            var q = Q.ToCurvePoint().Multiply([scalar]);
            G2.WriteCompressed(q.ToAffine(), bytes);
            Assert.True(G2.TryReadCompressed(bytes.AsSpan(0, 96), out var q2));
            Assert.True(q2.ToCurvePoint().IsSame(q));
            G2.WriteUncompressed(q.ToAffine(), bytes);
            Assert.True(G2.TryReadUncompressed(bytes, out q2));
            Assert.True(q2.ToCurvePoint().IsSame(q));
        }
    }

    [Fact]
    public void The_pairing_is_bilinear_and_not_trivial()
    {
        var e = Pairing.Product([P], [Q]);
        Assert.False(e.IsOne);
        var p3 = P.ToCurvePoint().Multiply([3]).ToAffine();
        var q5 = Q.ToCurvePoint().Multiply([5]).ToAffine();
        FieldTests.AssertEqual(e * e * e, Pairing.Product([p3], [Q]));
        FieldTests.AssertEqual(
            Pairing.Product([P.ToCurvePoint().Multiply([15]).ToAffine()], [Q]),
            Pairing.Product([p3], [q5]));
        Assert.True(Pairing.Product([P, -P], [q5, q5]).IsOne);
        FieldTests.AssertEqual(
            Pairing.Product([p3], [Q]) * Pairing.Product([P], [q5]),
            Pairing.Product([p3, P], [Q, q5]));
    }

    [Fact]
    public void Pairs_with_infinity_contribute_one()
    {
        Assert.True(Pairing.Product([], []).IsOne);
        Assert.True(Pairing.Product([default, P], [Q, default]).IsOne);
        FieldTests.AssertEqual(
            Pairing.Product([P], [Q]), Pairing.Product([P, default], [Q, Q]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(200)]
    public void Sums_of_multiples_are_those_of_single_multiples(int count)
    {
        var random = new Random(count);
        var points = new AffinePoint<Fp>[count];
        var scalars = new byte[32 * count];
        random.NextBytes(scalars);
        CurvePoint<Fp> expected = default;
        for (var i = 0; i < count; i++)
        {
            // Equal points, their negations and infinity meet in the buckets.
            points[i] = P.ToCurvePoint().Multiply([(byte)(i % 5)]).ToAffine();
            points[i] = i % 7 == 0 ? -points[i] : points[i];
            expected += points[i].ToCurvePoint().Multiply(scalars.AsSpan(32 * i, 32));
        }

        Assert.True(MultiScalar.Sum<Fp>(points, scalars).IsSame(expected));
    }

    [Fact]
    public void A_sum_needs_as_many_scalars_as_points() =>
        Assert.Throws<ArgumentException>(() => MultiScalar.Sum<Fp>([P], new byte[31]));

    private static byte[] Parameter()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, CurveNumber.Magnitude);
        return bytes;
    }
}
