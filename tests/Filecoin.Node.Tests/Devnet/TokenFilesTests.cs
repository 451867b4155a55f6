using Filecoin.Rpc;

namespace Filecoin.Node.Tests.Devnet;

public sealed class TokenFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-tokens-").FullName;

    [Fact]
    public void A_folder_keeps_secret_and_token_for_its_owner_alone()
    {
        CallerTokens tokens = TokenFiles.Open(folder);

        Assert.True(tokens.TryVerify(
            File.ReadAllText(Path.Combine(folder, "token")), out Permission granted));
        Assert.Equal(Permission.Admin, granted);
        Assert.All(Directory.GetFiles(folder), file => Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Fact]
    public void A_token_is_good_as_long_as_its_folder_is_there()
    {
        string token = TokenFiles.Open(folder).Issue(Permission.Write);

        Assert.True(TokenFiles.Open(folder).TryVerify(token, out _));
        Assert.False(TokenFiles.Open(null).TryVerify(token, out _));
    }

    [Fact]
    public void A_secret_that_is_cut_off_is_refused_by_name()
    {
        string path = Path.Combine(folder, "auth-jwt-private");
        File.WriteAllBytes(path, new byte[5]);

        FormatException refusal = Assert.Throws<FormatException>(() => TokenFiles.Open(folder));

        Assert.Equal($"{path}: 5 bytes, not 32", refusal.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
