using System.Globalization;
using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Numbers and bytes as Ethereum writes them in JSON.</summary>
/// <remarks>Spec: eth-compat 1.2.</remarks>
public static class Hex
{
    private const string Prefix = "0x";

    /// <summary>The least digits of a number.</summary>
    public static string Of(ulong value) => string.Create(
        CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>The least digits of a number that is not negative.</summary>
    public static string Of(BigInteger value) => value.IsZero
        ? "0x0"
        : Prefix + value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>The least digits of an amount, in attoFIL.</summary>
    public static string Of(TokenAmount amount) => Of(amount.ToBigInteger());

    /// <summary>Two digits for each byte.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) =>
        Prefix + Convert.ToHexStringLower(bytes);

    /// <summary>An address of 20 bytes; the case of its letters is a checksum.</summary>
    /// <remarks>Spec: EIP-55.</remarks>
    public static string OfAddress(ReadOnlySpan<byte> address20)
    {
        string digits = Convert.ToHexStringLower(address20);
        byte[] hash = Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(digits));
        return string.Create(Prefix.Length + digits.Length, (digits, hash), (target, source) =>
        {
            Prefix.CopyTo(target);
            for (int i = 0; i < source.digits.Length; i++)
            {
                int nibble = source.hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
                char digit = source.digits[i];
                target[Prefix.Length + i] = nibble >= 8 ? char.ToUpperInvariant(digit) : digit;
            }
        });
    }

    /// <summary>Reads bytes: with the prefix or without; an odd digit comes first.</summary>
    public static bool TryReadBytes(ReadOnlySpan<char> text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = WithoutPrefix(text);
        bytes = new byte[(digits.Length + 1) / 2];
        if (digits.Length % 2 == 0)
        {
            return IsDone(Convert.FromHexString(digits, bytes, out _, out _));
        }

        Span<char> first = ['0', digits[0]];
        return IsDone(Convert.FromHexString(first, bytes, out _, out _))
            && IsDone(Convert.FromHexString(digits[1..], bytes.AsSpan(1), out _, out _));
    }

    /// <summary>Reads a number: hexadecimal with the prefix, else decimal.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out BigInteger value)
    {
        const int DigitsMax = 100;
        value = 0;
        ReadOnlySpan<char> digits = WithoutPrefix(text);
        if (digits.Length > DigitsMax)
        {
            return false;
        }

        return digits.Length == text.Length
            ? BigInteger.TryParse(
                digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            : digits.IsEmpty || BigInteger.TryParse(
                $"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out value);
    }

    private static bool IsDone(System.Buffers.OperationStatus status) =>
        status == System.Buffers.OperationStatus.Done;

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
}
