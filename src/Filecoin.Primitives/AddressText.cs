using System.Globalization;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>The text form of addresses: network, protocol, payload and checksum.</summary>
/// <remarks>Spec: ref-fvm shared/src/address/mod.rs; base32 without padding, lower case.</remarks>
internal static class AddressText
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int ChecksumLength = 4;
    private const int TextLengthMax = 150;
    private const int BitsPerDigit = 5;

    public static string Format(Address address)
    {
        StringBuilder text = new("f");
        _ = text.Append((char)('0' + (byte)address.Protocol));
        if (address.TryGetId(out ActorId id))
        {
            return text.Append(id.Value).ToString();
        }

        ReadOnlySpan<byte> payload = address.Payload;
        if (address.TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress))
        {
            payload = subaddress;
            _ = text.Append(manager).Append('f');
        }

        Span<byte> checksum = stackalloc byte[ChecksumLength];
        Blake2b.Hash(address.ToBytes(), checksum);
        Encode([.. payload, .. checksum], text);
        return text.ToString();
    }

    public static bool TryParse(string text, out Address address)
    {
        address = default;
        if (text.Length < 3 || text.Length > TextLengthMax || text[0] is not ('f' or 't'))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(2);
        return text[1] switch
        {
            '0' => TryParseId(rest, out address),
            '4' => TryParseDelegated(rest, out address),
            >= '1' and <= '3' => TryParseHashed((byte)(text[1] - '0'), [], rest, out address),
            _ => false,
        };
    }

    private static bool TryParseId(ReadOnlySpan<char> digits, out Address address)
    {
        bool parsed = TryParseNumber(digits, out ulong id);
        address = Address.FromId(new(id));
        return parsed;
    }

    private static bool TryParseDelegated(ReadOnlySpan<char> rest, out Address address)
    {
        address = default;
        int separator = rest.IndexOf('f');
        if (separator < 1 || !TryParseNumber(rest[..separator], out ulong manager))
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[Varint.LengthMax];
        int length = Varint.Write(prefix, manager);
        return TryParseHashed(
            (byte)Protocol.Delegated, prefix[..length], rest[(separator + 1)..], out address);
    }

    private static bool TryParseHashed(
        byte protocol, ReadOnlySpan<byte> prefix, ReadOnlySpan<char> digits, out Address address)
    {
        address = default;
        if (!TryDecode(digits, out byte[] decoded) || decoded.Length < ChecksumLength)
        {
            return false;
        }

        byte[] bytes = [protocol, .. prefix, .. decoded.AsSpan(..^ChecksumLength)];
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        Blake2b.Hash(bytes, checksum);
        return checksum.SequenceEqual(decoded.AsSpan(^ChecksumLength..))
            && Address.TryDecode(bytes, out address);
    }

    /// <summary>Digits alone, and no zero in front: one text for one number.</summary>
    private static bool TryParseNumber(ReadOnlySpan<char> digits, out ulong number)
    {
        number = 0;
        // The framework's parser lets zero bytes follow the digits.
        bool hasOneForm = digits.Length > 0
            && (digits.Length == 1 || digits[0] != '0')
            && !digits.ContainsAnyExceptInRange('0', '9');
        return hasOneForm
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static void Encode(ReadOnlySpan<byte> data, StringBuilder text)
    {
        (int buffer, int bits) = (0, 0);
        foreach (byte value in data)
        {
            buffer = ((buffer << 8) | value) & 0xfff;
            bits += 8;
            while (bits >= BitsPerDigit)
            {
                bits -= BitsPerDigit;
                _ = text.Append(Alphabet[(buffer >> bits) & 31]);
            }
        }

        if (bits > 0)
        {
            _ = text.Append(Alphabet[(buffer << (BitsPerDigit - bits)) & 31]);
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> digits, out byte[] data)
    {
        data = new byte[digits.Length * BitsPerDigit / 8];
        (int buffer, int bits, int position) = (0, 0, 0);
        foreach (char digit in digits)
        {
            int value = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            buffer = ((buffer << BitsPerDigit) | value) & 0xfff;
            bits += BitsPerDigit;
            if (bits >= 8)
            {
                bits -= 8;
                data[position++] = unchecked((byte)(buffer >> bits));
            }
        }

        // What is left over must be less than a digit, and zero.
        return bits < BitsPerDigit && (buffer & ((1 << bits) - 1)) == 0;
    }
}
