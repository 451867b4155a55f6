using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Filecoin.Rpc;

/// <summary>Tokens that say what a caller may do.</summary>
/// <remarks>
/// Spec: lotus node/impl/common, AuthNew and AuthVerify: a JWT of HS256 whose payload is the list
/// Allow of permissions, without an end. Whatever its head says, it is checked as HS256.
/// </remarks>
/// <param name="secret32">What they are made with.</param>
public sealed class CallerTokens(ReadOnlyMemory<byte> secret32)
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretLength = 32;

    private const int LengthMax = 4_096;

    private static readonly string Head =
        Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>Makes a token that grants something, and all that is less.</summary>
    public string Issue(Permission granted)
    {
        string names = string.Join("\",\"", PermissionNames.Of(granted));
        byte[] payload = Encoding.UTF8.GetBytes($"{{\"Allow\":[\"{names}\"]}}");
        string signed = $"{Head}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// <summary>What a token grants; false, and reading, if it is none of these.</summary>
    public bool TryVerify(string token, out Permission granted)
    {
        granted = Permission.Read;
        ArgumentNullException.ThrowIfNull(token);
        string[] parts = token.Split('.');
        if (token.Length > LengthMax || parts.Length != 3)
        {
            return false;
        }

        try
        {
            byte[] signature = Base64Url.DecodeFromChars(parts[2]);
            Permission? most = CryptographicOperations.FixedTimeEquals(
                Sign($"{parts[0]}.{parts[1]}"), signature)
                ? Allowed(Base64Url.DecodeFromChars(parts[1]))
                : null;
            granted = most ?? Permission.Read;
            return most is not null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException
            or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static Permission? Allowed(byte[] payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        List<string?> names = [];
        foreach (JsonElement name in document.RootElement.GetProperty("Allow").EnumerateArray())
        {
            names.Add(name.GetString());
        }

        return PermissionNames.MostOf(names);
    }

    private byte[] Sign(string text) =>
        HMACSHA256.HashData(secret32.Span, Encoding.UTF8.GetBytes(text));
}
