using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Keys elsewhere: lotus' form, a bare secret, a keystore of Ethereum.</summary>
/// <remarks>Spec: lotus chain/types/keystore.go: JSON of type and secret, in hexadecimal.</remarks>
internal static class KeyText
{
    private const int SecretLength = 32;

    private static readonly (string Name, KeyKind Kind)[] Kinds =
    [
        ("delegated", KeyKind.Delegated),
        ("secp256k1", KeyKind.Secp256k1),
        ("bls", KeyKind.Bls),
    ];

    /// <summary>The names of the kinds.</summary>
    public static string[] KindNames { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>The name of a kind.</summary>
    public static string NameOf(KeyKind kind) => Kinds.First(row => row.Kind == kind).Name;

    /// <summary>The kind of a name.</summary>
    /// <exception cref="ClientException">There is none.</exception>
    public static KeyKind KindOf(string name)
    {
        foreach ((string known, KeyKind kind) in Kinds)
        {
            if (known == name)
            {
                return kind;
            }
        }

        throw new ClientException($"no kind of key: {Excerpt.Of(name)}; there are "
            + string.Join(", ", KindNames));
    }

    /// <summary>A key as <c>lotus wallet export</c> writes it.</summary>
    public static string Export(WalletKey key) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["Type"] = NameOf(key.Kind),
            ["PrivateKey"] = Convert.ToBase64String(key.Secret),
        }.ToJsonString()));

    /// <summary>Reads a key: a keystore, what lotus exports, or a secret in hexadecimal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">What a bare secret is for.</param>
    /// <param name="password">Asked for if it is a keystore.</param>
    /// <exception cref="ClientException">It is none of them.</exception>
    public static WalletKey Import(string text, KeyKind kind, Func<string> password)
    {
        string bare = text.Trim();
        if (bare.StartsWith('{'))
        {
            return ImportJson(bare, password);
        }

        if (!Hex.TryReadBytes(bare, out byte[] bytes) || bytes.Length == 0)
        {
            throw new ClientException(
                "no key: neither a keystore, nor what `lotus wallet export` writes, nor 32 bytes"
                    + " in hexadecimal");
        }

        return bytes.Length == SecretLength
            ? WalletKey.Of(kind, bytes)
            : ImportJson(Encoding.UTF8.GetString(bytes), password);
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
        byte[] bytes = new byte[SecretLength];
        return secret is not null
            && Convert.TryFromBase64String(secret, bytes, out int length)
            && length == SecretLength
                ? WalletKey.Of(KindOf($"{item!["Type"]}"), bytes)
                : throw new ClientException("no key: the JSON is no keystore and has no Type and"
                    + " PrivateKey of 32 bytes, as lotus exports them");
    }
}
