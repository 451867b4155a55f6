using System.Numerics;
using System.Text;
using Filecoin.Ipld;

namespace Filecoin.Fuzz.Primitives;

/// <summary>Amounts as CBOR and as text, and their arithmetic.</summary>
public static class TokenAmountTargets
{
    private static readonly BigInteger[] Numbers =
    [
        0, 1, -1, 255, -256, long.MaxValue, long.MinValue, UInt128.MaxValue, Int128.MinValue,
        BigInteger.Pow(2, 1_015) - 1, -BigInteger.Pow(10, 300),
    ];

    public static IEnumerable<byte[]> Seeds()
    {
        foreach (BigInteger number in Numbers)
        {
            yield return Cbor.Encode(TokenAmount.FromAtto(number));
        }
    }

    public static IEnumerable<byte[]> Texts()
    {
        foreach (BigInteger number in Numbers)
        {
            yield return Encoding.UTF8.GetBytes(number.ToString());
        }
    }

    public static Outcome Bytes(ReadOnlySpan<byte> input)
    {
        if (!Cbor.TryDecode(input, out TokenAmount amount, out CborError error))
        {
            return Outcome.Refused(error.Kind.ToString());
        }

        CborReader reader = new(input);
        _ = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        BigInteger expected = bytes.IsEmpty
            ? 0
            : new BigInteger(bytes[1..], isUnsigned: true, isBigEndian: true)
                * (bytes[0] == 1 ? -1 : 1);
        Claim.Holds(amount.ToBigInteger() == expected, "another number than was written");
        byte[] written = Cbor.Encode(amount);
        Claim.Holds(
            Cbor.TryDecode(written, out TokenAmount again, out _) && again == amount,
            "its CBOR is another amount");
        Claim.Holds(written.Length <= input.Length, "the canonical form is longer");
        Check(amount, expected);
        return Outcome.Accepted(
            $"sign {expected.Sign} {expected.GetByteCount()} {written.Length == input.Length}");
    }

    public static Outcome Text(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (!TokenAmount.TryParse(text, out TokenAmount amount))
        {
            return Outcome.Refused("no amount");
        }

        Claim.Holds(
            text.TrimStart('-', '0') == amount.ToString().TrimStart('-', '0'), "other digits");
        Claim.Holds(
            TokenAmount.TryParse(amount.ToString(), out TokenAmount again) && again == amount,
            "its text is another amount");
        Check(amount, amount.ToBigInteger());
        return Outcome.Accepted($"{amount.IsNegative} {amount.ToString().Length}");
    }

    private static void Check(TokenAmount amount, BigInteger number)
    {
        foreach (BigInteger other in Numbers)
        {
            TokenAmount operand = TokenAmount.FromAtto(other);
            Claim.Holds((amount + operand).ToBigInteger() == number + other, "sum");
            Claim.Holds((amount - operand).ToBigInteger() == number - other, "difference");
            Claim.Holds((amount < operand) == (number < other), "order");
        }

        Claim.Holds((amount * long.MinValue).ToBigInteger() == number * long.MinValue, "product");
        Claim.Holds((amount * 7).ToBigInteger() == number * 7, "product");
        Claim.Holds(amount.ToFilString().Length < 1_100, "FIL");
        bool fits = amount.TryToUInt128(out UInt128 narrow);
        Claim.Holds(fits == (number >= 0 && number <= UInt128.MaxValue), "128 bits");
        Claim.Holds(!fits || narrow == number, "128 bits of another number");
    }
}
