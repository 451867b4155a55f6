namespace Filecoin.Actors.Account.Tests;

/// <summary>Rules of the account actor.</summary>
public sealed class AccountActorTests
{
    private const ulong AuthenticateMessage = 2643134072;

    private static readonly ActorId Anyone = new(1_234);

    private static readonly Address Key = Address.FromSecp256k1(new byte[65]);

    private readonly MemoryRuntime runtime = new();

    public AccountActorTests() => runtime.Add(Anyone, BuiltinType.Account);

    private static BuiltinActor Actor => AccountActor.Definition;

    [Fact]
    public void The_system_makes_an_account_of_a_key()
    {
        Assert.Null(runtime.Call(Actor, WellKnownActors.System, 1, Key));
        Assert.Equal(new AccountState(Key), runtime.LoadState<AccountState>());
    }

    [Fact]
    public void Nobody_else_makes_an_account()
    {
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Anyone, 1, Key));
        Assert.Equal(StateAccess.EmptyRoot, runtime.Root);
    }

    [Theory]
    [InlineData("f01000")]
    [InlineData("f2gfvuyh7v2sx3patm5k23wdzmhyhtmqctasbr23y")]
    [InlineData("f410frrqkhkktbxosf5cmboocdhsv42jtgw2rddjac2y")]
    public void An_account_is_of_a_key_alone(string address) => Assert.Equal(
        ExitCode.UserIllegalArgument,
        runtime.Fail(Actor, WellKnownActors.System, 1, Address.Parse(address)));

    [Fact]
    public void A_second_constructor_finds_state()
    {
        _ = runtime.Call(Actor, WellKnownActors.System, 1, Key);
        Assert.Equal(
            ExitCode.UserIllegalState, runtime.Fail(Actor, WellKnownActors.System, 1, Key));
    }

    [Fact]
    public void An_account_tells_its_key()
    {
        runtime.CreateState(new AccountState(Key));

        IpldBlock result = runtime.Call(Actor, Anyone, 2)!;

        Assert.Equal(Codec.Cbor, result.Codec);
        Assert.Equal(Cbor.Encode(Key), result.Data.ToArray());
    }

    [Fact]
    public void A_valid_signature_is_authentic_and_an_invalid_one_ends_the_call()
    {
        runtime.CreateState(new AccountState(Key));
        AuthenticateMessageParams parameters = new(new byte[65], "text"u8.ToArray());

        IpldBlock result = runtime.Call(Actor, Anyone, AuthenticateMessage, parameters)!;
        Assert.Equal([0xf5], result.Data.ToArray());

        runtime.SignaturesAreValid = false;
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(Actor, Anyone, AuthenticateMessage, parameters));
    }

    [Fact]
    public void An_account_without_key_authenticates_nothing()
    {
        runtime.CreateState(new AccountState(Address.FromId(new(99))));
        Assert.Equal(
            ExitCode.UserIllegalState,
            runtime.Fail(
                Actor,
                Anyone,
                AuthenticateMessage,
                new AuthenticateMessageParams(default, default)));
    }

    [Fact]
    public void Exported_numbers_are_taken_and_internal_ones_are_not()
    {
        Assert.Null(runtime.Call(Actor, Anyone, 1 << 24));
        Assert.Equal(
            ExitCode.UserUnhandledMessage, runtime.Fail(Actor, Anyone, (1 << 24) - 1, null));
    }

    [Fact]
    public void A_key_holds_and_another_address_does_not()
    {
        Assert.Empty(AccountInvariants.Check(new(100), new(Key)));
        Assert.Empty(AccountInvariants.Check(new(99), new(Address.FromId(new(99)))));
        Assert.Single(AccountInvariants.Check(new(100), new(Address.FromId(new(99)))));
    }
}
