using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Keys elsewhere: lotus' form, a bare secret, a keystore of Ethereum.</summary>
/// <remarks>Spec: lotus chain/types/keystore.go: JSON of type and secret, in hexadecimal.</remarks>
internal static class KeyText
{
    /// <summary>What keys are for: accounts of Ethereum, f1 and f3.</summary>
    public static string[] Kinds { get; } = ["delegated", "secp256k1", "bls"];

    /// <summary>The kind of a name.</summary>
    /// <exception cref="ClientException">There is none.</exception>
    public static SignatureType KindOf(string name) =>
        WalletKey.TryParseType(name, out SignatureType kind)
            ? kind
            : throw new ClientException($"no kind of key: {Excerpt.Of(name)}; there are "
                + string.Join(", ", Kinds));

    /// <summary>The kind of key that an address is of; null if no key has it.</summary>
    public static SignatureType? KindOf(Address address) => address.Protocol switch
    {
        Protocol.Secp256k1 => SignatureType.Secp256k1,
        Protocol.Bls => SignatureType.Bls,
        Protocol.Delegated when AddressArgument.EthereumText(address) is not null =>
            SignatureType.Delegated,
        Protocol.Id or Protocol.Actor or Protocol.Delegated => null,
    };

    /// <summary>The key of a secret.</summary>
    /// <exception cref="ClientException">The curve has no such secret.</exception>
    public static WalletKey Of(SignatureType kind, byte[] secret)
    {
        try
        {
            return WalletKey.Of(kind, secret);
        }
        catch (ArgumentException failure)
        {
            throw new ClientException(
                $"no key: a secret is a number of {WalletKey.SecretLength} bytes, neither zero nor"
                    + " as large as the curve's order",
                failure);
        }
    }

    /// <summary>A key as <c>lotus wallet export</c> writes it.</summary>
    public static string Export(WalletKey key) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Json(key)));

    /// <summary>A key as lotus keeps it.</summary>
    public static string Json(WalletKey key) => new JsonObject
    {
        ["Type"] = key.TypeName,
        ["PrivateKey"] = Convert.ToBase64String(key.Secret.Span),
    }.ToJsonString();

    /// <summary>Reads a key: a keystore, what lotus exports, or a secret in hexadecimal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">What a bare secret is for.</param>
    /// <param name="password">Asked for if it is a keystore.</param>
    /// <exception cref="ClientException">It is none of them.</exception>
    public static WalletKey Import(string text, SignatureType kind, Func<string> password)
    {
        string bare = text.Trim();
        if (bare.StartsWith('{'))
        {
            return ImportJson(bare, password);
        }

        bool isHex = Hex.TryReadBytes(bare, out byte[] bytes);
        return isHex && bytes.Length == WalletKey.SecretLength ? Of(kind, bytes)
            : isHex && bytes.Length > 0 && bytes[0] == '{'
                ? ImportJson(Encoding.UTF8.GetString(bytes), password)
            : throw new ClientException(
                $"no key: a key is {WalletKey.SecretLength} bytes in hexadecimal"
                    + (isHex ? $", not {bytes.Length}" : "")
                    + "; or a keystore, or what `lotus wallet export` writes");
    }

    private static WalletKey ImportJson(string json, Func<string> password)
    {
        JsonObject? item = null;
        try
        {
            item = JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            // Refused below.
        }

        if (item?["crypto"] is JsonObject || item?["Crypto"] is JsonObject)
        {
            return KeystoreFile.Parse(json, "the keystore").Unlock(password());
        }

        string? secret = item?["PrivateKey"] is JsonValue value
            && value.TryGetValue(out string? found) ? found : null;
        byte[] bytes = new byte[WalletKey.SecretLength];
        return secret is not null
            && Convert.TryFromBase64String(secret, bytes, out int length)
            && length == WalletKey.SecretLength
                ? Of(KindOf($"{item!["Type"]}"), bytes)
                : throw new ClientException("no key: the JSON is no keystore and has no Type and"
                    + " PrivateKey of 32 bytes, as lotus exports them");
    }
}
