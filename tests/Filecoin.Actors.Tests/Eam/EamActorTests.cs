using Filecoin.Actors.Init;
using Filecoin.Evm;

namespace Filecoin.Actors.Eam.Tests;

/// <summary>Addresses of new contracts, and who may make them.</summary>
/// <remarks>Golden addresses: builtin-actors v18.0.0, actors/eam/src/lib.rs.</remarks>
public sealed class EamActorTests
{
    private static readonly ActorId Maker = new(1_001);
    private static readonly byte[] MakerAddress =
        Convert.FromHexString("8dc8b08ed46f04f2cd9c3e8d4da8b7f9c3b5a7e1");

    private readonly MemoryRuntime runtime = new()
    {
        Receiver = WellKnownActors.EthereumAddressManager,
    };

    private static BuiltinActor Actor => EamActor.Definition;

    [Theory]
    [InlineData(0x00, 0, "bd770416a3345f91e4b34576cb804a576fa48eb1")]
    [InlineData(0x00, 200, "a6b14387c1356b443061155e9c3e17f72c1777e5")]
    [InlineData(0x7b, 12_345, "809a9ab0471e78ee5100e96ca4d0828d1b97e2ba")]
    public void An_address_follows_from_maker_and_count(byte from, ulong nonce, string expected) =>
        Assert.Equal(
            $"0x{expected}",
            EamActor.AddressByNonce(runtime, Repeated(from), nonce).ToString());

    [Theory]
    [InlineData(0x00, 0x00, "", "e33c0c7f7df4809055c3eba6c09cfe4baf1bd9e0")]
    [InlineData(0x99, 0x42, "foobar", "64425c93a90901271fa355c2bc462190803b97d4")]
    public void An_address_follows_from_maker_salt_and_code(
        byte from, byte salt, string initcode, string expected)
    {
        U256 word = U256.FromBigEndian(Enumerable.Repeat(salt, U256.Length).ToArray());
        EthAddress address = EamActor.AddressBySalt(
            runtime, Repeated(from), word, System.Text.Encoding.ASCII.GetBytes(initcode));

        Assert.Equal($"0x{expected}", address.ToString());
    }

    [Fact]
    public void A_contract_makes_another_by_the_init_actor()
    {
        AddContract();
        runtime.Answers.Enqueue(new(ErrorNumber.None, ExitCode.Ok, ParameterCodec.Encode(
            new ExecReturn(Address.FromId(new(1_100)), Address.FromActor([1])))));
        runtime.ValueReceived = TokenAmount.FromAtto(7);

        IpldBlock? result = runtime.Call(
            Actor, Maker, 2, new CreateParams(new byte[] { 0x5f }, 1));

        CreateReturn made = ParameterCodec.Decode<CreateReturn>(result!);
        SendRequest sent = Assert.Single(runtime.Sent);
        Exec4Params parameters = ParameterCodec.Decode<Exec4Params>(sent.Parameters!);
        Assert.Equal(new ActorId(1_100), made.ActorId);
        Assert.Equal(made.EthAddress.Value.ToBytes(), parameters.Subaddress.ToArray());
        Assert.Equal(MemoryRuntime.CodeFor(BuiltinType.Evm), parameters.CodeCid);
        Assert.Equal(runtime.ValueReceived, sent.Value);
    }

    [Fact]
    public void Who_is_no_contract_makes_none_as_one()
    {
        runtime.Add(Maker, BuiltinType.Multisig);

        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(Actor, Maker, 2, new CreateParams(default, 1)));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void A_dead_contract_is_resurrected_where_it_was()
    {
        AddContract();
        EthAddress address = EamActor.AddressByNonce(
            runtime, EthAddress.FromBytes(MakerAddress), 1);
        runtime.Add(new(1_100), BuiltinType.Evm, address.ToFilecoinAddress());

        IpldBlock? result = runtime.Call(Actor, Maker, 2, new CreateParams(default, 1));

        CreateReturn made = ParameterCodec.Decode<CreateReturn>(result!);
        Assert.Equal(new CreateReturn(new(1_100), null, new(address)), made);
        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal((Address.FromId(new(1_100)), new(2)), (sent.To, sent.Method));
    }

    [Theory]
    [InlineData(BuiltinType.Evm, true)]
    [InlineData(BuiltinType.Account, false)]
    [InlineData(BuiltinType.EthereumAccount, true)]
    public void Only_accounts_with_an_address_that_send_the_message_make_contracts(
        BuiltinType type, bool isOrigin)
    {
        runtime.Origin = isOrigin ? Maker : new(1_002);
        runtime.Add(Maker, type);

        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(Actor, Maker, 4, new CreateExternalParams(default)));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void A_salt_has_32_bytes()
    {
        IpldBlock parameters = new(Codec.Cbor, new byte[] { 0x82, 0x40, 0x41, 1 });
        Assert.Equal(
            ExitCode.UserSerialization, runtime.Fail(Actor, Maker, 3, parameters));
    }

    private static EthAddress Repeated(byte value) =>
        EthAddress.FromBytes(Enumerable.Repeat(value, EthAddress.Length).ToArray());

    private void AddContract() => runtime.Add(
        Maker,
        BuiltinType.Evm,
        Address.FromDelegated(WellKnownActors.EthereumAddressManager, MakerAddress));
}
