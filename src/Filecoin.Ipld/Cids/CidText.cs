namespace Filecoin.Ipld;

/// <summary>The text forms of a CID: multibase base32 and base58btc.</summary>
internal static class CidText
{
    private const string Base32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int TextLengthMax = Base58.TextLengthMax;

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        return bytes[0] == 0x12 ? Base58.Encode(bytes) : "b" + EncodeBase32(bytes);
    }

    internal static bool TryDecode(string? text, out byte[] bytes)
    {
        bytes = [];
        if (string.IsNullOrEmpty(text) || text.Length > TextLengthMax)
        {
            return false;
        }

        if (text.Length == 46 && text.StartsWith("Qm", StringComparison.Ordinal))
        {
            return Base58.TryDecode(text, out bytes);
        }

        // A version 0 CID has no multibase form, so one inside a prefix is refused.
        var read = text[0] switch
        {
            'b' => TryDecodeBase32(text.AsSpan(1), out bytes),
            'z' => Base58.TryDecode(text.AsSpan(1), out bytes),
            _ => false,
        };
        return read && bytes is [1, ..];
    }

    private static string EncodeBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        uint buffer = 0;
        int bits = 0, at = 0;
        foreach (var b in bytes)
        {
            buffer = ((buffer << 8) | b) & 0xfff;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[at++] = Base32Alphabet[(int)(buffer >> bits) & 31];
            }
        }

        if (bits > 0)
        {
            text[at] = Base32Alphabet[(int)(buffer << (5 - bits)) & 31];
        }

        return new string(text);
    }

    private static bool TryDecodeBase32(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length * 5 / 8];
        uint buffer = 0;
        int bits = 0, at = 0;
        foreach (var c in text)
        {
            var digit = Base32Alphabet.IndexOf(c);
            if (digit < 0)
            {
                return false;
            }

            buffer = ((buffer << 5) | (uint)digit) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)((buffer >> bits) & 0xff);
            }
        }

        // Leftover bits must be padding: fewer than a digit, and zero.
        return bits < 5 && (buffer & ((1u << bits) - 1)) == 0;
    }
}
