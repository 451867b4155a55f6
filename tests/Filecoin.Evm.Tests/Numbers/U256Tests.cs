using System.Numerics;
using CsCheck;

namespace Filecoin.Evm.Tests.Numbers;

/// <summary>Every operation against integers of any size.</summary>
public sealed class U256Tests
{
    private const string Seed = "0000KOIPe036";

    private delegate U256 OnWords(U256 left, U256 right);

    private delegate BigInteger OnIntegers(BigInteger left, BigInteger right);

    private static readonly BigInteger Modulus = BigInteger.One << 256;

    // Words that are all ones, all zeros or one bit reach the carries that random ones miss.
    private static readonly ulong[] Edges =
    [
        0, 0, 0, 1, 2, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63,
        (1UL << 63) - 1, (1UL << 63) + 1, 1UL << 32, uint.MaxValue,
    ];

    private static readonly Gen<ulong> Limbs = Gen.Select(Gen.ULong, Gen.Int[0, 25])
        .Select((random, choice) => choice < Edges.Length ? Edges[choice] : random);

    private static readonly Gen<U256> Words = Gen.Select(Limbs, Limbs, Limbs, Limbs)
        .Select((a, b, c, d) => new U256(a, b, c, d));

    private static readonly Gen<U256> Small = Gen.Select(Gen.ULong[0, 300], Words, Gen.Int[0, 20])
        .Select((small, word, choice) => choice == 0 ? word : small);

    [Fact]
    public void Sums_differences_and_products_wrap() => Check(
        ((a, b) => a + b, (a, b) => a + b),
        ((a, b) => a - b, (a, b) => a - b),
        ((a, b) => a * b, (a, b) => a * b));

    [Fact]
    public void Quotients_and_remainders_are_those_of_integers_and_zero_by_zero() => Check(
        ((a, b) => a / b, (a, b) => b.IsZero ? 0 : a / b),
        ((a, b) => a % b, (a, b) => b.IsZero ? 0 : a % b),
        ((a, b) => U256.DivideSigned(a, b), (a, b) => b.IsZero ? 0 : Signed(a) / Signed(b)),
        ((a, b) => U256.RemainderSigned(a, b), (a, b) => b.IsZero ? 0 : Signed(a) % Signed(b)));

    [Fact]
    public void Division_inverts_multiplication() => Gen.Select(Words, Words, Words).Sample(
        (a, b, c) =>
        {
            U256 divisor = U256.ShiftRight(a, c & 255);
            U256 quotient = b / divisor;
            Assert.True(divisor.IsZero || (quotient * divisor) + (b % divisor) == b);
        },
        seed: Seed,
        iter: 20_000);

    [Fact]
    public void Bits_combine_as_those_of_integers() => Check(
        ((a, b) => a & b, (a, b) => a & b),
        ((a, b) => a | b, (a, b) => a | b),
        ((a, b) => a ^ b, (a, b) => a ^ b),
        ((a, _) => ~a, (a, _) => Modulus - 1 - a),
        ((a, _) => -a, (a, _) => -a));

    [Fact]
    public void Order_is_that_of_integers_signed_and_unsigned() => Check(
        ((a, b) => Bit(a < b), (a, b) => Bit(a < b)),
        ((a, b) => Bit(a > b), (a, b) => Bit(a > b)),
        ((a, b) => Bit(a <= b), (a, b) => Bit(a <= b)),
        ((a, b) => Bit(a >= b), (a, b) => Bit(a >= b)),
        ((a, b) => Bit(a == b), (a, b) => Bit(a == b)),
        ((a, b) => Bit(a.CompareTo(b) < 0), (a, b) => Bit(a < b)),
        ((a, b) => Bit(U256.IsLessSigned(a, b)), (a, b) => Bit(Signed(a) < Signed(b))));

    [Fact]
    public void Shifts_fill_with_zeros_or_the_sign() => Gen.Select(Words, Small).Sample(
        (value, bits) =>
        {
            int count = bits < 256 ? (int)bits.Low : 256;
            BigInteger number = value.ToBigInteger();
            Equal(number << count, U256.ShiftLeft(value, bits));
            Equal(number >> count, U256.ShiftRight(value, bits));
            Equal(Signed(number) >> count, U256.ShiftRightSigned(value, bits));
        },
        seed: Seed,
        iter: 20_000);

    [Fact]
    public void Bytes_signs_and_leading_zeros_are_those_of_the_bytes() => Gen.Select(Words, Small)
        .Sample(
            (value, index) =>
            {
                byte[] bytes = value.ToBigEndian();
                bool isInside = index < 32;
                int at = isInside ? (int)index.Low : 0;
                Equal(isInside ? bytes[at] : 0, U256.ByteAt(index, value));
                BigInteger low = new(bytes.AsSpan(31 - at), isUnsigned: false, isBigEndian: true);
                Equal(isInside ? low : value.ToBigInteger(), U256.ExtendSign(index, value));
                Assert.Equal(
                    256 - (long)value.ToBigInteger().GetBitLength(), value.LeadingZeros);
            },
            seed: Seed,
            iter: 20_000);

    [Fact]
    public void Sums_and_products_modulo_a_number_do_not_wrap() =>
        Gen.Select(Words, Words, Words).Sample(
            (a, b, modulus) =>
            {
                BigInteger m = modulus.ToBigInteger();
                BigInteger sum = a.ToBigInteger() + b.ToBigInteger();
                BigInteger product = a.ToBigInteger() * b.ToBigInteger();
                Equal(m.IsZero ? 0 : sum % m, U256.AddModulo(a, b, modulus));
                Equal(m.IsZero ? 0 : product % m, U256.MultiplyModulo(a, b, modulus));
            },
            seed: Seed,
            iter: 50_000);

    [Fact]
    public void Products_modulo_a_number_that_is_kept_do_not_wrap() =>
        Gen.Select(Words, Words, Words, Words).Sample(
            (a, b, c, modulus) =>
            {
                BigInteger m = modulus.ToBigInteger();
                ModularProducts kept = new();
                (U256, U256)[] pairs = [(a, b), (b, c), (c, a), (a % modulus, b)];
                foreach ((U256 left, U256 right) in pairs)
                {
                    BigInteger product = left.ToBigInteger() * right.ToBigInteger();
                    U256 result = default;
                    kept.Multiply(left, right, modulus, ref result);
                    Equal(m.IsZero ? 0 : product % m, result);
                }
            },
            seed: Seed,
            iter: 50_000);

    [Fact]
    public void Powers_wrap() => Gen.Select(Words, Words, Gen.Int[0, 255]).Sample(
        (number, word, shift) =>
        {
            U256 exponent = U256.ShiftRight(word, (ulong)shift);
            Equal(
                BigInteger.ModPow(number.ToBigInteger(), exponent.ToBigInteger(), Modulus),
                U256.Power(number, exponent));
        },
        seed: Seed,
        iter: 5_000);

    [Fact]
    public void Bytes_numbers_and_amounts_lead_back_to_the_word() => Words.Sample(
        word =>
        {
            BigInteger number = word.ToBigInteger();
            Assert.Equal(word, U256.FromBigEndian(word.ToBigEndian()));
            Assert.Equal(word, U256.FromBigEndian(
                number.ToByteArray(isUnsigned: true, isBigEndian: true)));
            Assert.Equal(word, U256.FromTokenAmount(word.ToTokenAmount()));
            Assert.Equal(number, word.ToTokenAmount().ToBigInteger());
            Assert.Equal(word, U256.ParseHex(word.ToString()[2..]));
        },
        seed: Seed);

    [Fact]
    public void Small_numbers_are_told_from_large() => Words.Sample(
        word =>
        {
            BigInteger number = word.ToBigInteger();
            Assert.Equal(number <= ulong.MaxValue, word.IsUInt64);
            Assert.Equal(number <= uint.MaxValue, word.IsUInt32);
            Assert.Equal(number.IsZero, word.IsZero);
            Assert.Equal(BigInteger.Min(number, ulong.MaxValue), word.Saturated);
        },
        seed: Seed);

    [Fact]
    public void The_smallest_number_divided_by_minus_one_is_itself()
    {
        U256 smallest = new(0, 0, 0, 1UL << 63);

        Assert.Equal(smallest, U256.DivideSigned(smallest, U256.Max));
        Assert.Equal(U256.Zero, U256.RemainderSigned(smallest, U256.Max));
    }

    /// <summary>Pairs of an operation and what it is on integers.</summary>
    private static void Check(params (OnWords Ours, OnIntegers Theirs)[] pairs) =>
        Gen.Select(Words, Words).Sample(
        (a, b) =>
        {
            foreach ((OnWords ours, OnIntegers theirs) in pairs)
            {
                Equal(theirs(a.ToBigInteger(), b.ToBigInteger()), ours(a, b));
            }
        },
        seed: Seed,
        iter: 50_000);

    private static void Equal(BigInteger expected, U256 actual) =>
        Assert.Equal(((expected % Modulus) + Modulus) % Modulus, actual.ToBigInteger());

    private static BigInteger Signed(BigInteger number) =>
        number >> 255 == 0 ? number : number - Modulus;

    private static uint Bit(bool value) => value ? 1u : 0u;
}
