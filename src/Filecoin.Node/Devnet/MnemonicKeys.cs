using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Filecoin.Crypto;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Keys from words, as Ethereum's and Filecoin's wallets derive them.</summary>
/// <remarks>
/// Spec: BIP-39 for the seed, BIP-32 for keys of keys, BIP-44 for the paths; SLIP-44 for the
/// numbers of coins: 60 is Ethereum's, 1 that of all networks whose coins are worth nothing.
/// </remarks>
public static class MnemonicKeys
{
    /// <summary>The words that developers' networks use; known to all, safe for nothing.</summary>
    public const string Words = "test test test test test test test test test test test junk";

    /// <summary>The path before the number of an account of Ethereum's.</summary>
    public const string Path = "m/44'/60'/0'/0/";

    /// <summary>The path before the number of an account of the network's own.</summary>
    public const string FilecoinPath = "m/44'/1'/0'/0/";

    private const int SeedRounds = 2_048;
    private const int SeedLength = 64;
    private const int HalfLength = 32;
    private const uint Hardened = 1u << 31;

    private const uint EthereumCoin = 60;
    private const uint ValuelessCoin = 1;

    /// <summary>The order of the curve.</summary>
    private static readonly BigInteger Order = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        System.Globalization.NumberStyles.AllowHexSpecifier);

    /// <summary>The order of BLS12-381's groups.</summary>
    private static readonly BigInteger BlsOrder = BigInteger.Parse(
        "073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
        System.Globalization.NumberStyles.AllowHexSpecifier);

    /// <summary>Words of which there are as many as wallets give.</summary>
    /// <remarks>
    /// Spec: BIP-39. Neither the words nor the checksum in the last one are looked at: that takes
    /// the list of 2,048 words, which none of the packages here has; the one that has it, NBitcoin,
    /// is a whole library of Bitcoin. A word that is mistyped gives other accounts.
    /// </remarks>
    /// <param name="words">The words.</param>
    /// <param name="where">What gives them, for the error.</param>
    /// <exception cref="FormatException">There are fewer, more or some between.</exception>
    internal static string Checked(string words, string where)
    {
        int count = words.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return count is 12 or 15 or 18 or 21 or 24
            ? words
            : throw new FormatException(
                $"{where}: the number of words is {count}, not 12, 15, 18, 21 or 24");
    }

    /// <summary>The first accounts of words, as Ethereum has them.</summary>
    public static IReadOnlyList<AccountKey> Derive(string words, int count) =>
        [.. Secrets(words, EthereumCoin, count).Select(secret => AccountKey.Of(secret))];

    /// <summary>The first accounts of words, as the network has them itself: f1.</summary>
    public static IReadOnlyList<WalletKey> DeriveFilecoin(string words, int count) =>
    [
        .. Secrets(words, ValuelessCoin, count)
            .Select(secret => WalletKey.Of(SignatureType.Secp256k1, secret.Span)),
    ];

    private static ReadOnlyMemory<byte>[] Secrets(string words, uint coin, int count)
    {
        byte[] extended = HMACSHA512.HashData("Bitcoin seed"u8, SeedOf(words));
        foreach (uint step in
            (uint[])[44 | Hardened, coin | Hardened, 0 | Hardened, 0])
        {
            extended = Child(extended, step);
        }

        ReadOnlyMemory<byte>[] secrets = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            secrets[i] = Child(extended, (uint)i).AsMemory(0, HalfLength);
        }

        return secrets;
    }

    /// <summary>Secrets of BLS keys of words, each of 32 bytes: those of storage miners.</summary>
    /// <remarks>A rule of this network's own; wallets that hold such keys import them.</remarks>
    public static IReadOnlyList<byte[]> DeriveBls(string words, int count)
    {
        byte[] seed = SeedOf(words);
        byte[][] secrets = new byte[count][];
        Span<byte> number = stackalloc byte[sizeof(int)];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, i);
            byte[] wide = HMACSHA512.HashData("Filecoin miner"u8, [.. seed, .. number]);
            secrets[i] = new byte[HalfLength];
            byte[] secret = (Read(wide) % BlsOrder).ToByteArray(isUnsigned: true);
            secret.CopyTo(secrets[i], 0);
        }

        return secrets;
    }

    private static byte[] SeedOf(string words) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(words.Normalize(NormalizationForm.FormKD)),
        "mnemonic"u8,
        SeedRounds,
        HashAlgorithmName.SHA512,
        SeedLength);

    /// <summary>The key of a key: 32 bytes of secret, 32 that go on.</summary>
    private static byte[] Child(ReadOnlySpan<byte> parent, uint step)
    {
        ReadOnlySpan<byte> secret = parent[..HalfLength];
        Span<byte> data = stackalloc byte[1 + HalfLength + sizeof(uint)];
        if (step >= Hardened)
        {
            data[0] = 0;
            secret.CopyTo(data[1..]);
        }
        else
        {
            Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
            Secp256k1.PublicKey(secret, key);
            data[0] = (byte)(2 + (key[^1] & 1));
            key.Slice(1, HalfLength).CopyTo(data[1..]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(data[^sizeof(uint)..], step);
        byte[] child = HMACSHA512.HashData(parent[HalfLength..], data);
        BigInteger number = (Read(secret) + Read(child.AsSpan(0, HalfLength))) % Order;
        Span<byte> target = child.AsSpan(0, HalfLength);
        target.Clear();
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(target[(HalfLength - bytes.Length)..]);
        return child;
    }

    private static BigInteger Read(ReadOnlySpan<byte> bytes) =>
        new(bytes, isUnsigned: true, isBigEndian: true);
}
