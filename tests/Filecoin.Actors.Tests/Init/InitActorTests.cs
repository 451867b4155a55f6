namespace Filecoin.Actors.Init.Tests;

/// <summary>Rules of the init actor.</summary>
public sealed class InitActorTests
{
    private static readonly ActorId Wallet = new(500);
    private static readonly byte[] Subaddress = [.. Enumerable.Repeat((byte)7, 20)];
    private static readonly byte[] Parameters = [0x81, 0x01];

    private readonly MemoryRuntime runtime = new();

    public InitActorTests()
    {
        runtime.Add(Wallet, BuiltinType.Account);
        runtime.Add(WellKnownActors.StoragePower, BuiltinType.Power);
        runtime.Add(WellKnownActors.EthereumAddressManager, BuiltinType.EthereumAddressManager);
        _ = runtime.Call(Actor, WellKnownActors.System, 1, new ConstructorParams("here"));
    }

    private static BuiltinActor Actor => InitActor.Definition;

    private static Address Delegated =>
        Address.FromDelegated(WellKnownActors.EthereumAddressManager, Subaddress);

    private InitState State => runtime.LoadState<InitState>();

    [Fact]
    public void It_begins_without_addresses_at_id_100()
    {
        Assert.Equal(100u, State.NextId);
        Assert.Equal("here", State.NetworkName);
        Assert.Empty(InitInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void A_wallet_is_made_with_what_it_is_given()
    {
        runtime.ValueReceived = TokenAmount.FromFil(3);

        ExecReturn made = Exec(Wallet, BuiltinType.Multisig, Parameters);

        ActorId id = new(100);
        Assert.Equal(Address.FromId(id), made.IdAddress);
        Assert.Equal(Protocol.Actor, made.RobustAddress.Protocol);
        Assert.Equal([(id, MemoryRuntime.CodeFor(BuiltinType.Multisig), null)], runtime.Made);
        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal((made.IdAddress, new MethodNumber(1)), (sent.To, sent.Method));
        Assert.Equal(TokenAmount.FromFil(3), sent.Value);
        Assert.Equal(Codec.Cbor, sent.Parameters!.Codec);
        Assert.Equal(Parameters, sent.Parameters.Data.ToArray());
        Assert.Equal(101u, State.NextId);
        Assert.Empty(InitInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void Empty_parameters_are_none()
    {
        _ = Exec(Wallet, BuiltinType.PaymentChannel, []);
        Assert.Null(Assert.Single(runtime.Sent).Parameters);
    }

    [Theory]
    [InlineData(BuiltinType.Account)]
    [InlineData(BuiltinType.Miner)]
    [InlineData(BuiltinType.Evm)]
    [InlineData(BuiltinType.Init)]
    [InlineData(BuiltinType.None)]
    public void Other_actors_are_not_made_by_everybody(BuiltinType type)
    {
        Assert.Equal(ExitCode.UserForbidden, Refuse(Wallet, type));
        Assert.Equal(100u, State.NextId);
        Assert.Empty(runtime.Made);
    }

    [Fact]
    public void The_power_actor_makes_miners() =>
        Assert.Equal(
            Address.FromId(new(100)),
            Exec(WellKnownActors.StoragePower, BuiltinType.Miner, []).IdAddress);

    [Fact]
    public void A_constructor_that_fails_fails_with_its_code()
    {
        IpldBlock data = new(Codec.Cbor, new byte[] { 0x01 });
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(40), data));

        Assert.Equal(new ExitCode(40), Refuse(Wallet, BuiltinType.Multisig));
    }

    [Theory]
    [InlineData(ErrorNumber.Forbidden, 18)]
    [InlineData(ErrorNumber.IllegalArgument, 16)]
    [InlineData(ErrorNumber.ReadOnly, 24)]
    public void An_actor_that_cannot_be_made_has_a_code(ErrorNumber error, uint exitCode)
    {
        runtime.MakeError = error;
        Assert.Equal(exitCode, Refuse(Wallet, BuiltinType.Multisig).Value);
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void An_address_that_is_taken_is_forbidden()
    {
        // The address depends on how many were made: with none made it is the same again.
        runtime.MakeError = ErrorNumber.None;
        _ = Exec(Wallet, BuiltinType.Multisig, []);
        runtime.Made.Clear();

        Assert.Equal(ExitCode.UserForbidden, Refuse(Wallet, BuiltinType.Multisig));
        Assert.Equal(101u, State.NextId);
    }

    [Fact]
    public void The_manager_alone_makes_actors_in_its_namespace()
    {
        Exec4Params parameters = new(MemoryRuntime.CodeFor(BuiltinType.Evm), default, Subaddress);
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Wallet, 3, parameters));

        ExecReturn made = Exec4(Subaddress);

        Assert.Equal(Address.FromId(new(100)), made.IdAddress);
        Assert.Equal(Delegated, runtime.Made[0].Delegated);
    }

    [Fact]
    public void A_placeholder_is_taken_over_with_its_id()
    {
        Give(Delegated, new(150), BuiltinType.Placeholder);

        Assert.Equal(Address.FromId(new(150)), Exec4(Subaddress).IdAddress);
        Assert.Equal(151u, State.NextId);
    }

    [Theory]
    [InlineData(BuiltinType.Evm)]
    [InlineData(BuiltinType.None)]
    public void Nothing_else_is_taken_over(BuiltinType type)
    {
        Give(Delegated, new(150), type);
        Assert.Equal(ExitCode.UserForbidden, Refuse4(Subaddress));
    }

    [Fact]
    public void A_deleted_actor_is_not_taken_over()
    {
        Give(Delegated, new(150), null);
        Assert.Equal(ExitCode.UserForbidden, Refuse4(Subaddress));
    }

    [Fact]
    public void A_subaddress_has_at_most_54_bytes()
    {
        Assert.Equal(ExitCode.UserIllegalArgument, Refuse4(new byte[55]));
        Assert.Equal(Address.FromId(new(100)), Exec4(new byte[54]).IdAddress);
    }

    [Fact]
    public void Ids_out_of_range_and_given_twice_are_seen()
    {
        StateMap<Address, AddressKey, ActorId> map =
            StateMap<Address, AddressKey, ActorId>.Empty(runtime, "addresses");
        map.Set(Address.FromActor([1]), new(100));
        map.Set(Address.FromActor([2]), new(100));
        map.Set(Address.FromActor([3]), new(102));
        InitState state = new(map.Flush(), 102, "");

        Assert.Equal(3, InitInvariants.Check(state, runtime.Memory).Count);
    }

    private ExecReturn Exec(ActorId caller, BuiltinType type, byte[] parameters) => Decode(
        runtime.Call(Actor, caller, 2, new ExecParams(MemoryRuntime.CodeFor(type), parameters)));

    private ExitCode Refuse(ActorId caller, BuiltinType type) => runtime.Fail(
        Actor, caller, 2, new ExecParams(MemoryRuntime.CodeFor(type), Parameters));

    private ExecReturn Exec4(byte[] subaddress) => Decode(runtime.Call(
        Actor, WellKnownActors.EthereumAddressManager, 3, Params4(subaddress)));

    private ExitCode Refuse4(byte[] subaddress) => runtime.Fail(
        Actor, WellKnownActors.EthereumAddressManager, 3, Params4(subaddress));

    private static Exec4Params Params4(byte[] subaddress) =>
        new(MemoryRuntime.CodeFor(BuiltinType.Evm), default, subaddress);

    private static ExecReturn Decode(IpldBlock? block) => ParameterCodec.Decode<ExecReturn>(block!);

    private void Give(Address address, ActorId id, BuiltinType? type)
    {
        runtime.Transact((ref InitState state) =>
        {
            StateMap<Address, AddressKey, ActorId> map =
                StateMap<Address, AddressKey, ActorId>.Load(runtime, state.Addresses, "addresses");
            map.Set(address, id);
            state = new(map.Flush(), id.Value + 1, state.NetworkName);
        });
        if (type is BuiltinType actor)
        {
            runtime.Add(id, actor, address);
        }
    }
}
