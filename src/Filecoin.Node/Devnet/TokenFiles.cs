using System.Security.Cryptography;
using System.Text;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The files of a network's folder that its tokens come from.</summary>
/// <remarks>
/// Spec: lotus node/repo/fsrepo.go: the owner's token is in the file token, for programs on this
/// machine to read; the secret has the name that it has in lotus' key store.
/// </remarks>
internal static class TokenFiles
{
    private const string TokenName = "token";
    private const string SecretName = "auth-jwt-private";

    /// <summary>Tokens of the secret in a folder, which is made if there is none.</summary>
    /// <param name="folder">The folder; null for tokens of this run.</param>
    /// <exception cref="FormatException">The secret is none.</exception>
    public static CallerTokens Open(string? folder)
    {
        if (folder is null)
        {
            return new(RandomNumberGenerator.GetBytes(CallerTokens.SecretLength));
        }

        string path = Path.Combine(folder, SecretName);
        if (!File.Exists(path))
        {
            OwnerFile.Write(path, RandomNumberGenerator.GetBytes(CallerTokens.SecretLength));
        }

        byte[] secret = File.ReadAllBytes(path);
        if (secret.Length != CallerTokens.SecretLength)
        {
            throw new FormatException(
                $"{path}: {secret.Length} bytes, not {CallerTokens.SecretLength}");
        }

        CallerTokens tokens = new(secret);
        OwnerFile.Write(
            Path.Combine(folder, TokenName),
            Encoding.ASCII.GetBytes(tokens.Issue(Permission.Admin)));
        return tokens;
    }
}
