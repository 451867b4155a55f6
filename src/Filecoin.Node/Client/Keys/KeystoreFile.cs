using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Filecoin.Rpc;
using Nethereum.KeyStore;
using Nethereum.KeyStore.Crypto;
using Nethereum.KeyStore.Model;

namespace Filecoin.Node;

/// <summary>A key that a password locks, as Ethereum's wallets keep it.</summary>
/// <remarks>
/// Spec: Web3 Secret Storage, version 3. Keys of f1 and f3 have their address where that of
/// Ethereum would be. scrypt with the figures of geth's light keystores.
/// </remarks>
internal sealed class KeystoreFile
{
    private const int KeyLength = 32;
    private const int Rounds = 4_096;
    private const int BlockSize = 8;
    private const int Lanes = 6;

    private static readonly KeystoreJson Form = new(new()
    {
        PropertyNamingPolicy = new KeystoreNames(),
        PropertyNameCaseInsensitive = true,
    });

    private readonly string json;
    private readonly string place;

    private KeystoreFile(string json, string place, Address? address) =>
        (this.json, this.place, Address) = (json, place, address);

    /// <summary>Whose key it says to hold; null where it does not say.</summary>
    public Address? Address { get; }

    /// <summary>Reads a keystore.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="place">What to call it in an error.</param>
    /// <exception cref="ClientException">It is none.</exception>
    public static KeystoreFile Parse(string json, string place)
    {
        try
        {
            string? named = (string?)JsonNode.Parse(json)!["address"];
            return new(json, place, named is null ? null : AddressOf(named));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException
            or ClientException or NullReferenceException)
        {
            throw new ClientException($"{place}: no keystore: {failure.Message}", failure);
        }
    }

    /// <summary>Ethereum's wallets leave 0x out.</summary>
    private static Address AddressOf(string named) =>
        Filecoin.Address.TryParse(named, out Address filecoin)
            ? filecoin
            : AddressArgument.Parse(named.StartsWith("0x", StringComparison.Ordinal)
                ? named
                : $"0x{named}");

    /// <summary>Locks a key.</summary>
    public static string Lock(WalletKey key, string password) => JsonSerializer.Serialize(
        new KeyStoreScryptService().EncryptAndGenerateKeyStore(
            password,
            key.Secret.ToArray(),
            key.Type == SignatureType.Delegated
                ? Convert.ToHexStringLower(key.Address.Payload[^Filecoin.Address.EthereumLength..])
                : AddressArgument.FilecoinText(key.Address),
            new() { Dklen = KeyLength, N = Rounds, R = BlockSize, P = Lanes }),
        Form.KeyStoreScryptParams);

    /// <summary>The key.</summary>
    /// <exception cref="ClientException">The password is another, or it is damaged.</exception>
    public WalletKey Unlock(string password)
    {
        byte[] secret;
        try
        {
            secret = Decrypt(password);
        }
        catch (DecryptionException failure)
        {
            throw new ClientException($"{place}: the password is not the key's", failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new ClientException($"{place}: a damaged keystore: {failure.Message}", failure);
        }

        SignatureType? kind = Address is Address named ? KeyText.KindOf(named) : null;
        WalletKey key = KeyText.Of(kind ?? SignatureType.Delegated, secret);
        return Address is null || key.Address == Address
            ? key
            : throw new ClientException(
                $"{place}: the key is that of {AddressArgument.Text(key.Address)}, not of"
                    + $" {AddressArgument.Text(Address.Value)}");
    }

    private byte[] Decrypt(string password)
    {
        KeyStore<ScryptParams> locked = Read(Form.KeyStoreScryptParams);
        return locked.Crypto?.Kdf switch
        {
            KeyStoreScryptService.KdfType =>
                new KeyStoreScryptService().DecryptKeyStore(password, locked),
            KeyStorePbkdf2Service.KdfType => new KeyStorePbkdf2Service().DecryptKeyStore(
                password, Read(Form.KeyStorePbkdf2Params)),
            _ => throw new JsonException($"no kdf: {Excerpt.Of($"{locked.Crypto?.Kdf}")}"),
        };
    }

    private T Read<T>(JsonTypeInfo<T> form) =>
        JsonSerializer.Deserialize(json, form) ?? throw new JsonException("null");
}

/// <summary>What a keystore is made of.</summary>
/// <remarks>
/// Nethereum's own reader and writer find members by reflection: a natively compiled program has
/// lost them, and writes keystores without keys.
/// </remarks>
[JsonSerializable(typeof(KeyStore<ScryptParams>))]
[JsonSerializable(typeof(KeyStore<Pbkdf2Params>))]
internal sealed partial class KeystoreJson : JsonSerializerContext;

/// <summary>Members of keystores have names in lower case.</summary>
internal sealed class KeystoreNames : JsonNamingPolicy
{
    public override string ConvertName(string name) =>
        name == nameof(Pbkdf2Params.Count) ? "c" : name.ToLowerInvariant();
}
