namespace Filecoin.Ipld;

/// <summary>Bytes as text without characters that look alike.</summary>
/// <remarks>Spec: multibase base58btc.</remarks>
public static class Base58
{
    /// <summary>Characters of a text: it takes quadratic time, and no name is longer.</summary>
    internal const int TextLengthMax = 200;

    private const int BytesMax = 140;

    private const string Alphabet =
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The text of bytes.</summary>
    /// <exception cref="ArgumentException">They are more than 140.</exception>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, BytesMax);
        Span<byte> digits = stackalloc byte[TextLengthMax];
        var length = 0;
        foreach (var b in bytes)
        {
            int carry = b;
            for (var i = 0; i < length || carry != 0; i++)
            {
                carry += i < length ? digits[i] << 8 : 0;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
                length = Math.Max(length, i + 1);
            }
        }

        var zeros = bytes.IndexOfAnyExcept((byte)0) is var z and >= 0 ? z : bytes.Length;
        var text = new char[zeros + length];
        Array.Fill(text, '1', 0, zeros);
        for (var i = 0; i < length; i++)
        {
            text[zeros + i] = Alphabet[digits[length - 1 - i]];
        }

        return new string(text);
    }

    internal static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        Span<byte> reversed = stackalloc byte[TextLengthMax];
        var length = 0;
        foreach (var c in text)
        {
            var carry = Alphabet.IndexOf(c);
            if (carry < 0)
            {
                return false;
            }

            for (var i = 0; i < length || carry != 0; i++)
            {
                carry += i < length ? reversed[i] * 58 : 0;
                reversed[i] = (byte)(carry & 0xff);
                carry >>= 8;
                length = Math.Max(length, i + 1);
            }
        }

        var zeros = text.IndexOfAnyExcept('1') is var z and >= 0 ? z : text.Length;
        bytes = new byte[zeros + length];
        reversed[..length].CopyTo(bytes.AsSpan(zeros));
        bytes.AsSpan(zeros).Reverse();
        return true;
    }
}
