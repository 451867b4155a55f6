using System.Buffers.Text;
using System.Text;

namespace Filecoin.Rpc.Tests.Server;

public sealed class CallerTokensTests
{
    private readonly CallerTokens tokens = new(new byte[CallerTokens.SecretLength]);

    [Theory]
    [InlineData(Permission.Read)]
    [InlineData(Permission.Write)]
    [InlineData(Permission.Sign)]
    [InlineData(Permission.Admin)]
    public void A_token_grants_what_it_was_made_for(Permission permission)
    {
        Assert.True(tokens.TryVerify(tokens.Issue(permission), out Permission granted));
        Assert.Equal(permission, granted);
    }

    [Fact]
    public void A_token_has_the_form_that_lotus_gives_it()
    {
        string[] parts = tokens.Issue(Permission.Write).Split('.');

        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Decode(parts[0]));
        Assert.Equal("""{"Allow":["read","write"]}""", Decode(parts[1]));
    }

    [Fact]
    public void A_token_of_the_same_secret_made_elsewhere_is_taken()
    {
        // Made with openssl: printf 'HEAD.PAYLOAD' | openssl dgst -sha256 -mac HMAC -macopt
        // hexkey:00…00 -binary | basenc --base64url.
        const string Token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
            + ".eyJBbGxvdyI6WyJyZWFkIiwid3JpdGUiLCJzaWduIl19"
            + ".ZSWn5VrxGBUVni_NAQP24AY-B3Vl9EmMfegrUnMTM5E";

        Assert.True(tokens.TryVerify(Token, out Permission granted));
        Assert.Equal(Permission.Sign, granted);
    }

    [Fact]
    public void Tokens_of_others_and_changed_ones_grant_nothing()
    {
        string own = tokens.Issue(Permission.Read);
        string[] parts = own.Split('.');
        string admin = Encode("""{"Allow":["admin"]}""");
        byte[] other = new byte[CallerTokens.SecretLength];
        other[0] = 1;
        foreach (string token in (string[])
        [
            "", "x", "a.b.c", "..", own[..^2], $"{own}.", new string('.', 10_000),
            new CallerTokens(other).Issue(Permission.Admin),
            $"{parts[0]}.{admin}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{admin}.",
        ])
        {
            Assert.False(tokens.TryVerify(token, out Permission granted), token);
            Assert.Equal(Permission.Read, granted);
        }
    }

    private static string Encode(string text) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string part) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
