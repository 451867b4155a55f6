using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Addresses as people write them: 0x… of Ethereum, or f0 to f4.</summary>
internal static class AddressArgument
{
    /// <summary>Reads an address.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static Address Parse(string text)
    {
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return Address.TryParse(text, out Address address)
                ? address
                : throw new ClientException(
                    $"not an address: {Excerpt.Of(text)} (0x and 40 digits, or f0 to f4)");
        }

        bool isRead = Hex.TryReadBytes(text, out byte[] bytes)
            && bytes.Length == Address.EthereumLength;
        return !isRead
            ? throw new ClientException(
                $"not an address: {Excerpt.Of(text)}: 0x needs 40 hexadecimal digits behind it")
            : HasWrongCase(text, bytes)
                ? throw new ClientException(
                    $"not an address: {text}: its letters' case says that a digit is wrong")
                : Address.FromEthereum(bytes);
    }

    /// <summary>What Ethereum's tools call it; null if they have no name for it.</summary>
    public static string? EthereumText(Address address)
    {
        byte[] bytes = new byte[Address.EthereumLength];
        return address.TryToEthereum(bytes) ? Hex.OfAddress(bytes) : null;
    }

    /// <summary>What Filecoin's tools call it, t0 to t4.</summary>
    /// <remarks>
    /// Networks of this program are worth nothing: their nodes say t, and so does all that is said
    /// of them and of keys. Commands that read files of vectors and states, which may be mainnet's,
    /// say f. Either is understood everywhere.
    /// </remarks>
    public static string FilecoinText(Address address) => address.ToTestnetString();

    /// <summary>The name that people of Ethereum or, if they have none, Filecoin use.</summary>
    public static string Text(Address address) => EthereumText(address) ?? FilecoinText(address);

    /// <summary>The names that Ethereum and Filecoin have for it.</summary>
    public static string BothTexts(Address address) => EthereumText(address) is string text
        ? $"{text} ({FilecoinText(address)})"
        : FilecoinText(address);

    /// <summary>Upper and lower case together are a checksum.</summary>
    private static bool HasWrongCase(string text, byte[] bytes)
    {
        ReadOnlySpan<char> digits = text.AsSpan(2);
        return digits.ContainsAnyInRange('a', 'f')
            && digits.ContainsAnyInRange('A', 'F')
            && !digits.SequenceEqual(Hex.OfAddress(bytes).AsSpan(2));
    }
}
