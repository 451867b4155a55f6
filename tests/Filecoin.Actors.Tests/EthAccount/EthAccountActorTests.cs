namespace Filecoin.Actors.EthAccount.Tests;

/// <summary>Rules of the account of an Ethereum key.</summary>
public sealed class EthAccountActorTests
{
    private const ulong AuthenticateMessage = 2643134072;

    private readonly MemoryRuntime runtime = new();

    private static BuiltinActor Actor => EthAccountActor.Definition;

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 16)]
    public void The_constructor_wants_an_ethereum_address(ulong manager, uint exitCode)
    {
        runtime.Add(
            runtime.Receiver,
            BuiltinType.EthereumAccount,
            Address.FromDelegated(new(manager), new byte[20]));

        Assert.Equal(exitCode, runtime.Fail(Actor, WellKnownActors.System, 1, null).Value);
        Assert.Equal(StateAccess.EmptyRoot, runtime.Root);
    }

    [Fact]
    public void The_constructor_wants_an_address_at_all() => Assert.Equal(
        ExitCode.UserIllegalArgument, runtime.Fail(Actor, WellKnownActors.System, 1, null));

    [Fact]
    public void It_takes_exported_methods_and_authenticates_nothing()
    {
        IpldBlock anything = new(Codec.Cbor, new byte[] { 0x01 });
        Assert.Null(runtime.Call(Actor, new(100), AuthenticateMessage, anything));
    }
}
