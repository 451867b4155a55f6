using System.Globalization;
using System.Numerics;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Data with types, as people are asked to sign it.</summary>
/// <remarks>
/// Spec: EIP-712; what is null where a structure should be is a word of zeros, as wallets have it
/// (eth_signTypedData_v4).
/// </remarks>
internal sealed class TypedData
{
    private const int WordLength = 32;
    private const int WordBits = 256;
    private const int TextLengthMax = 1 << 20;
    private const int TypesMax = 256;
    private const string DomainType = "EIP712Domain";

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    private readonly Dictionary<string, List<Field>> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> typeHashes = new(StringComparer.Ordinal);

    private TypedData(JsonElement types)
    {
        foreach (JsonProperty type in types.EnumerateObject())
        {
            this.types[type.Name] = [.. type.Value.EnumerateArray().Select(Field.Of)];
        }

        if (this.types.Count > TypesMax)
        {
            throw RpcException.BadParameters($"{this.types.Count} types, more than {TypesMax}");
        }
    }

    /// <summary>The hash that is signed.</summary>
    /// <param name="data">The data, or its text.</param>
    /// <exception cref="RpcException">It is no such data.</exception>
    public static byte[] HashOf(JsonElement data)
    {
        try
        {
            if (data.ValueKind != JsonValueKind.String)
            {
                return HashOfObject(data);
            }

            string text = data.GetString()!;
            using JsonDocument document = text.Length <= TextLengthMax
                ? JsonDocument.Parse(text, Reading)
                : throw RpcException.BadParameters($"a text of over {TextLengthMax} characters");
            return HashOfObject(document.RootElement);
        }
        catch (Exception failure) when (failure is InvalidOperationException
            or KeyNotFoundException)
        {
            throw RpcException.BadParameters(
                "data with types are an object of types, primaryType, domain and message");
        }
    }

    private static byte[] HashOfObject(JsonElement data)
    {
        TypedData typed = new(data.GetProperty("types"));
        string primary = data.GetProperty("primaryType").GetString() ?? "";
        JsonElement domain = data.GetProperty("domain");
        typed.CompleteDomain(domain);
        byte[] separator = typed.HashOf(DomainType, domain);
        return Keccak256.Hash(primary == DomainType
            ? [0x19, 0x01, .. separator]
            : [0x19, 0x01, .. separator, .. typed.HashOf(primary, data.GetProperty("message"))]);
    }

    /// <summary>A domain without a type has the fields of the standard that are there.</summary>
    private void CompleteDomain(JsonElement domain)
    {
        if (!types.ContainsKey(DomainType))
        {
            Field[] all =
            [
                new("name", "string"), new("version", "string"), new("chainId", "uint256"),
                new("verifyingContract", "address"), new("salt", "bytes32"),
            ];
            types[DomainType] =
                [.. all.Where(field => domain.TryGetProperty(field.Name, out _))];
        }
    }

    private byte[] HashOf(string type, JsonElement value)
    {
        List<byte> words = [.. TypeHash(type)];
        foreach (Field field in types[type])
        {
            bool isThere = value.TryGetProperty(field.Name, out JsonElement member);
            words.AddRange(isThere || types.ContainsKey(field.Type)
                ? WordOf(field.Type, member, field.Name)
                : throw RpcException.BadParameters($"{type} has no {field.Name}"));
        }

        return Keccak256.Hash([.. words]);
    }

    private byte[] WordOf(string type, JsonElement value, string name)
    {
        if (types.ContainsKey(type))
        {
            return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
                ? new byte[WordLength]
                : HashOf(type, value);
        }

        if (type.EndsWith(']'))
        {
            return HashOfList(type, value, name);
        }

        try
        {
            return type switch
            {
                "string" => Keccak256.Hash(Encoding.UTF8.GetBytes(value.GetString()!)),
                "bytes" => Keccak256.Hash(BytesOf(value)),
                "bool" => WordOf(value.GetBoolean() ? 1 : 0),
                "address" => [.. new byte[WordLength - Address.EthereumLength],
                    .. BytesOf(value, Address.EthereumLength)],
                _ when Size(type, "bytes") is > 0 and <= WordLength and int length =>
                    [.. BytesOf(value, length), .. new byte[WordLength - length]],
                _ when IsNumber(type, "uint", out int bits) => WordOf(
                    NumberOf(value, BigInteger.Zero, BigInteger.One << bits)),
                _ when IsNumber(type, "int", out int bits) => WordOf(
                    NumberOf(value, -BigInteger.One << (bits - 1), BigInteger.One << (bits - 1))),
                _ => throw RpcException.BadParameters($"there is no type {type}"),
            };
        }
        catch (Exception failure) when (failure is InvalidOperationException
            or FormatException or ArgumentNullException)
        {
            throw RpcException.BadParameters($"{name} is no {type}");
        }
    }

    private byte[] HashOfList(string type, JsonElement value, string name)
    {
        int start = type.LastIndexOf('[');
        string part = type[..int.Max(0, start)];
        int? length = type.Length > start + 2 ? Size(type[..^1], $"{part}[") : null;
        return value.ValueKind == JsonValueKind.Array
            && (length ?? value.GetArrayLength()) == value.GetArrayLength()
                ? Keccak256.Hash(
                    [.. value.EnumerateArray().SelectMany(item => WordOf(part, item, name))])
                : throw RpcException.BadParameters($"{name} is no {type}");
    }

    /// <summary>The hash of a type's text: its own, then those it is made of, by name.</summary>
    private byte[] TypeHash(string type)
    {
        if (!typeHashes.TryGetValue(type, out byte[]? hash))
        {
            SortedSet<string> others = new(StringComparer.Ordinal);
            Stack<string> left = new([type]);
            while (left.TryPop(out string? next))
            {
                foreach (Field field in types[next])
                {
                    string bare = field.Type.Split('[')[0];
                    if (bare != type && types.ContainsKey(bare) && others.Add(bare))
                    {
                        left.Push(bare);
                    }
                }
            }

            hash = Keccak256.Hash(Encoding.UTF8.GetBytes(
                string.Concat(others.Prepend(type).Select(TextOf))));
            typeHashes[type] = hash;
        }

        return hash;
    }

    private string TextOf(string type) =>
        $"{type}({string.Join(',', types[type].Select(field => $"{field.Type} {field.Name}"))})";

    private static bool IsNumber(string type, string kind, out int bits)
    {
        bits = type == kind ? WordBits : Size(type, kind);
        return bits is > 0 and <= WordBits && bits % 8 == 0;
    }

    /// <summary>The number behind a type's name; 0 for none.</summary>
    private static int Size(string type, string kind) =>
        type.StartsWith(kind, StringComparison.Ordinal) && int.TryParse(
            type.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? size
            : 0;

    private static byte[] BytesOf(JsonElement value, int? length = null) =>
        Hex.TryReadBytes(value.GetString(), out byte[] bytes)
        && bytes.Length == (length ?? bytes.Length)
            ? bytes
            : throw new FormatException();

    private static BigInteger NumberOf(JsonElement value, BigInteger least, BigInteger end)
    {
        string text = value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : value.GetRawText();
        bool isNegative = text.StartsWith('-');
        return Hex.TryReadNumber(text.AsSpan(isNegative ? 1 : 0), out BigInteger size)
            && (isNegative ? -size : size) is BigInteger number
            && number >= least
            && number < end
                ? number
                : throw new FormatException();
    }

    private static byte[] WordOf(BigInteger number)
    {
        byte[] word = new byte[WordLength];
        word.AsSpan().Fill(number.Sign < 0 ? (byte)0xff : (byte)0);
        byte[] digits = number.ToByteArray(isUnsigned: number.Sign >= 0, isBigEndian: true);
        digits.CopyTo(word, WordLength - digits.Length);
        return word;
    }

    /// <param name="Name">Its name.</param>
    /// <param name="Type">What it is of.</param>
    private readonly record struct Field(string Name, string Type)
    {
        public static Field Of(JsonElement field) => new(
            field.GetProperty("name").GetString() ?? "",
            field.GetProperty("type").GetString() ?? "");
    }
}
