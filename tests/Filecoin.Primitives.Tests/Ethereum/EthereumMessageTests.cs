namespace Filecoin.Primitives.Tests.Ethereum;

/// <summary>Messages with a delegated signature: which are transactions, and whose.</summary>
public sealed class EthereumMessageTests
{
    private const ulong ChainId = 314;

    private static readonly SignedMessage Dynamic =
        Signed(EthereumTransactionGoldenTests.Dynamic);

    private static readonly SignedMessage Protected =
        Signed(EthereumTransactionGoldenTests.Protected);

    private static readonly Message Call = Dynamic.Message;

    private static readonly Address Manager = Address.FromId(Address.EthereumNamespace);

    public static TheoryData<string, Message> OtherMessages => new()
    {
        { "version", Call with { Version = 1 } },
        { "send", Call with { Method = MethodNumber.Send } },
        { "create elsewhere", Call with { Method = new(4) } },
        { "invoke the manager", Call with { To = Manager } },
        { "to a hash", Call with { To = Address.FromActor([1]) } },
        { "to a key", Call with { To = Address.FromBls(new byte[48]) } },
        { "to another namespace", Call with { To = Address.FromDelegated(new(11), new byte[20]) } },
        { "to a short one", Call with { To = Address.FromDelegated(new(10), new byte[19]) } },
        {
            "to a masked id as f410",
            Call with { To = Address.FromDelegated(new(10), [0xff, .. new byte[19]]) }
        },
        { "parameters no bytes", Call with { Parameters = new byte[] { 0x01 } } },
        { "parameters empty bytes", Call with { Parameters = new byte[] { 0x40 } } },
        { "parameters with a rest", Call with { Parameters = new byte[] { 0x41, 1, 0 } } },
        { "negative value", Call with { Value = TokenAmount.FromAtto(-1) } },
        { "negative cap", Call with { GasFeeCap = TokenAmount.FromAtto(-1) } },
        { "negative premium", Call with { GasPremium = TokenAmount.FromAtto(-1) } },
    };

    [Theory]
    [MemberData(nameof(OtherMessages))]
    public void A_message_that_no_transaction_becomes_is_none(string what, Message message)
    {
        Assert.NotEmpty(what);
        Assert.False(EthereumTransaction.TryFromSignedMessage(
            Dynamic with { Message = message }, ChainId, out _, out var error));
        Assert.Equal(EthereumTransactionError.Message, error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("length 64")]
    [InlineData("v 2")]
    [InlineData("mark 3")]
    [InlineData("v 29")]
    [InlineData("padded v")]
    [InlineData("other chain")]
    public void A_signature_of_another_form_is_none(string form)
    {
        byte[] scalars = new byte[64];
        byte[] data = form switch
        {
            "length 64" => scalars,
            "v 2" => [.. scalars, 2],
            "mark 3" => [3, .. scalars, 27],
            "v 29" => [1, .. scalars, 29],
            "padded v" => [2, .. scalars, 0, 0x02, 0x97],
            "other chain" => [2, .. scalars, 0x02, 0x99],
            _ => [],
        };

        Assert.False(EthereumTransaction.TryFromSignedMessage(
            new(Call, new(SignatureType.Delegated, data)), ChainId, out _, out var error));
        Assert.Equal(EthereumTransactionError.Signature, error);
    }

    [Fact]
    public void A_signature_of_another_type_is_none()
    {
        Signature signature = Dynamic.Signature with { Type = SignatureType.Secp256k1 };

        Assert.False(EthereumTransaction.Verify(new(Call, signature), ChainId));
    }

    public static TheoryData<string, Message> ChangedMessages => new()
    {
        { "nonce", Call with { Nonce = 1 } },
        { "value", Call with { Value = TokenAmount.FromAtto(1) } },
        { "gas limit", Call with { GasLimit = 1 } },
        { "fee cap", Call with { GasFeeCap = TokenAmount.FromAtto(1) } },
        { "premium", Call with { GasPremium = TokenAmount.FromAtto(1) } },
        { "receiver", Call with { To = Address.FromId(new(5)) } },
        { "sender", Call with { From = Address.FromDelegated(new(10), new byte[20]) } },
        { "parameters", Call with { Parameters = new byte[] { 0x41, 1 } } },
        { "parameters' form", Call with { Parameters = Widened(Call.Parameters) } },
    };

    [Theory]
    [MemberData(nameof(ChangedMessages))]
    public void A_changed_message_is_not_its_senders(string what, Message message)
    {
        Assert.NotEmpty(what);
        Assert.True(EthereumTransaction.Verify(Dynamic, ChainId));
        Assert.False(EthereumTransaction.Verify(Dynamic with { Message = message }, ChainId));
    }

    [Fact]
    public void A_premium_beside_a_gas_price_is_not_the_senders()
    {
        Message message = Protected.Message with { GasPremium = TokenAmount.Zero };

        Assert.True(EthereumTransaction.Verify(Protected, ChainId));
        Assert.False(EthereumTransaction.Verify(Protected with { Message = message }, ChainId));
    }

    [Fact]
    public void A_homestead_transaction_is_its_senders_on_any_chain()
    {
        SignedMessage signed = Signed(EthereumTransactionGoldenTests.Unprotected);

        Assert.True(EthereumTransaction.Verify(signed, 1));
        Assert.False(EthereumTransaction.Verify(Dynamic, 1));
        Assert.False(EthereumTransaction.Verify(Protected, 1));
    }

    private static SignedMessage Signed(GoldenTransaction golden)
    {
        Assert.True(EthereumTransactionGoldenTests.Decode(golden)
            .TryToSignedMessage(out SignedMessage? signed));
        return signed;
    }

    /// <summary>The same byte string with a length in two bytes where one would do.</summary>
    private static byte[] Widened(ReadOnlyMemory<byte> parameters) =>
        [0x59, 0, .. parameters.Span[1..]];
}
