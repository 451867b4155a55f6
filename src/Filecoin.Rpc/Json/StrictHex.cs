using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>Hexadecimal of callers: what geth takes, and its words for all else.</summary>
/// <remarks>
/// Spec: go-ethereum common/hexutil. Errors: a <see cref="JsonException"/> with the reason.
/// </remarks>
internal static class StrictHex
{
    private const int WordDigits = ContractRecord.WordLength * 2;

    /// <summary>Bytes: pairs of digits behind 0x.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many bytes there are to be; null for any.</param>
    public static byte[] Bytes(string text, int? length = null)
    {
        string digits = DigitsOf(text);
        if (digits.Length % 2 != 0)
        {
            throw new JsonException("hex string of odd length");
        }

        byte[] bytes = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            throw new JsonException("invalid hex string");
        }

        return length is null || bytes.Length == length
            ? bytes
            : throw new JsonException($"{bytes.Length} bytes, not {length}");
    }

    /// <summary>A number of 256 bits at most, with no zeros before it.</summary>
    public static BigInteger Number(string text)
    {
        string digits = DigitsOf(text);
        return digits.Length == 0 ? throw new JsonException("hex string \"0x\" is no number")
            : digits.Length > 1 && digits[0] == '0'
                ? throw new JsonException("hex number with leading zero digits")
            : digits.Length > WordDigits ? throw new JsonException("hex number > 256 bits")
            : ValueOf(digits);
    }

    /// <summary>A number of 32 bytes at most, with or without zeros before it.</summary>
    public static BigInteger Word(string text)
    {
        string digits = DigitsOf(text);
        return digits.Length is > 0 and <= WordDigits
            ? ValueOf(digits)
            : throw new JsonException(
                $"a word is 0x and 1 to {WordDigits} digits, not {digits.Length}");
    }

    private static string DigitsOf(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? text[2..]
            : throw new JsonException("hex string without 0x prefix");

    private static BigInteger ValueOf(string digits) => BigInteger.TryParse(
        $"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
        out BigInteger value)
            ? value
            : throw new JsonException("invalid hex string");
}
