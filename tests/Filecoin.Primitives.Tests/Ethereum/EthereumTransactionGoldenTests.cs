using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Ethereum;

/// <summary>A transaction in all its forms.</summary>
public sealed record GoldenTransaction(string Name, ulong ChainId, string Raw)
{
    public required string Sender { get; init; }

    public required string SignatureData { get; init; }

    public required string Message { get; init; }

    public required string SignedCid { get; init; }

    // What no other implementation has reckoned is null.
    public string? MessageCid { get; init; }

    /// <summary>What is signed, and its digest.</summary>
    public (string Bytes, string Digest)? Unsigned { get; init; }

    public byte[] RawBytes => Convert.FromHexString(Raw);

    public override string ToString() => Name;
}

/// <summary>Transactions of other implementations become the messages that they say.</summary>
/// <remarks>
/// Provenance: raw transactions and senders of lotus chain/types/ethtypes, in its tests of 1559,
/// 155 and legacy transactions and of transactions; the homestead one is of Ethereum's main
/// network. Messages and CIDs are reckoned from them by a second implementation, with noble.
/// </remarks>
public sealed class EthereumTransactionGoldenTests
{
    private static readonly GoldenTransaction DynamicFee = new(
        "dynamic fee",
        314,
        "02f88682013a8080808094ff000000000000000000000000000000000003ec80a4f8b2cb4f000000000000"
        + "000000000000ff00000000000000000000000000000000000064c080a0706d871013403cf8b965dfa7f2"
        + "be5a4d185d746da45b21d5a67c667c26d255d6a02e68a14f386aa325ce8e82d30405107d53103d038cf2"
        + "0e40af961ef3a3963608")
    {
        Sender = "77a5535bd66c24472c8aefff87e3f40a1eac8484",
        Unsigned = (
            "02f84382013a8080808094ff000000000000000000000000000000000003ec80a4f8b2cb4f00000000"
            + "0000000000000000ff00000000000000000000000000000000000064c0",
            "38883a362e849eebc90d5f7a1f6474e9f2b6744f3744372a351127de9e94c209"),
        SignatureData = "706d871013403cf8b965dfa7f2be5a4d185d746da45b21d5a67c667c26d255d6"
            + "2e68a14f386aa325ce8e82d30405107d53103d038cf20e40af961ef3a396360800",
        Message = "8a004300ec0756040a77a5535bd66c24472c8aefff87e3f40a1eac848400400040401ae525aa15"
            + "58265824f8b2cb4f000000000000000000000000ff00000000000000000000000000000000000064",
        MessageCid = "bafy2bzacedulyafxmacpalv2d3ficce6xdhq54tn2vp3gihtz6lkvqq6odpc4",
        SignedCid = "bafy2bzaceclza56iem2pkzjaxl2f43khqf63j6hwxk5jpf773odztqhupaze6",
    };

    private static readonly GoldenTransaction ReplayProtected = new(
        "replay protected",
        314,
        "f86680843b9aca00835dc1ba94c2dca9a18d4a4057921d1bcb22da05e68e46b1d06480820297a0f91ee69c"
        + "4603c4f21131467ee9e06ad4a96d0a29fa8064db61f3adaea0eb6e92a07181e306bb8f773d94cc3b75e9"
        + "835de00c004e072e6630c0c46971d38706bb01")
    {
        Sender = "a2bbb73ac59b256415e91a820b224dbaf2c268fa",
        Unsigned = (
            "e680843b9aca00835dc1ba94c2dca9a18d4a4057921d1bcb22da05e68e46b1d0648082013a8080",
            "1584bebf32407b21c55236d8dc662ae741cd9613a0efaf064377621cbbb63588"),
        SignatureData = "02f91ee69c4603c4f21131467ee9e06ad4a96d0a29fa8064db61f3adaea0eb6e92"
            + "7181e306bb8f773d94cc3b75e9835de00c004e072e6630c0c46971d38706bb010297",
        Message = "8a0056040ac2dca9a18d4a4057921d1bcb22da05e68e46b1d056040aa2bbb73ac59b256415e91a"
            + "820b224dbaf2c268fa004200641a005dc1ba45003b9aca0045003b9aca001ae525aa1540",
        MessageCid = "bafy2bzacea5xcvoz25vj4z3v7y67uwtc6aix5aj3styqvhn2m7lmia5bhnqei",
        SignedCid = "bafy2bzacecqdogxvuw23e36awgwovzea5pyqqqhcjz43tiq3ymwagn75q3f2m",
    };

    private static readonly GoldenTransaction Homestead = new(
        "homestead",
        314,
        "f8718301efc58506fc23ac008305161594104994f45d9d697ca104e5704a7b77d7fec3537c890821878651"
        + "a4d70000801ba051222d91a379452395d0abaff981af4cfcc242f25cfaf947dea8245a477731f9a03a99"
        + "7c910b4701cca5d933fb26064ee5af7fe3236ff0ef2b58aa50b25aff8ca5")
    {
        Sender = "32be343b94f860124dc4fee278fdcbd38c102d88",
        Unsigned = (
            "ee8301efc58506fc23ac008305161594104994f45d9d697ca104e5704a7b77d7fec3537c8908218786"
            + "51a4d7000080",
            "9fc82dd1624cf884d266c7022c1af87582e59dea442cfc107c64dd777c52449b"),
        SignatureData = "0151222d91a379452395d0abaff981af4cfcc242f25cfaf947dea8245a477731f9"
            + "3a997c910b4701cca5d933fb26064ee5af7fe3236ff0ef2b58aa50b25aff8ca51b",
        Message = "8a0056040a104994f45d9d697ca104e5704a7b77d7fec3537c56040a32be343b94f860124dc4fe"
            + "e278fdcbd38c102d881a0001efc54a000821878651a4d700001a00051615460006fc23ac00460006"
            + "fc23ac001ae525aa1540",
        MessageCid = "bafy2bzacebjfmnfcv2ywcnszjxu3wsuxyqfg2p6r6e4is5rs3lyytmkdikzuo",
        SignedCid = "bafy2bzacedu4eynjrzy2dtsiqpylrk3za6fr2a5a5opddcrpbhalt6fjwlpsy",
    };

    private static readonly GoldenTransaction Creation = new(
        "creation",
        31_415_926,
        "02f8598401df5e76028301d69083086a5e835532dd808080c080a0457e33227ac7ceee2ef121755e26b872"
        + "b6fb04221993f9939349bb7b0a3e1595a02d8ef379e1d2a9e30fa61c92623cc9ed72d80cf6a48cfea341"
        + "cb916bcc0a81bc")
    {
        Sender = "afa62628302ff58a864e18759df7bfebae3cc9ac",
        SignatureData = "457e33227ac7ceee2ef121755e26b872b6fb04221993f9939349bb7b0a3e1595"
            + "2d8ef379e1d2a9e30fa61c92623cc9ed72d80cf6a48cfea341cb916bcc0a81bc00",
        Message = "8a0042000a56040aafa62628302ff58a864e18759df7bfebae3cc9ac02401a005532dd4400086a"
            + "5e440001d6900440",
        SignedCid = "bafy2bzacecg4k4avxldidoswhby44bevonxhfyfvrt2akrujss4g7h4t2vmjk",
    };

    public static TheoryData<GoldenTransaction> All =>
        [DynamicFee, ReplayProtected, Homestead, Creation];

    [Theory]
    [MemberData(nameof(All))]
    public void A_transaction_is_the_message_of_the_reference(GoldenTransaction golden)
    {
        EthereumTransaction transaction = Decode(golden);

        Assert.True(transaction.TryToSignedMessage(out SignedMessage? signed));
        Assert.Equal(golden.Message, Hex(Cbor.Encode(signed.Message)));
        Assert.Equal(golden.SignatureData, Hex(signed.Signature.Data.ToArray()));
        Assert.Equal(golden.SignedCid, signed.Cid.ToString());
        Assert.Equal(
            golden.MessageCid ?? signed.Message.Cid.ToString(), signed.Message.Cid.ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_sender_is_who_signed_it(GoldenTransaction golden)
    {
        Assert.True(Decode(golden).TryRecoverSender(out Address sender));

        byte[] ethereum = new byte[Address.EthereumLength];
        Assert.True(sender.TryToEthereum(ethereum));
        Assert.Equal(golden.Sender, Hex(ethereum));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_message_is_the_transaction_that_it_was(GoldenTransaction golden)
    {
        Assert.True(Decode(golden).TryToSignedMessage(out SignedMessage? signed));

        Assert.True(EthereumTransaction.Verify(signed, golden.ChainId));
        Assert.True(EthereumTransaction.TryFromSignedMessage(
            signed, golden.ChainId, out EthereumTransaction? back, out _));
        Assert.Equal(golden.Raw, Hex(back.Encode()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_signed_is_that_of_the_reference(GoldenTransaction golden)
    {
        EthereumTransaction transaction = Decode(golden);

        if (golden.Unsigned is { } unsigned)
        {
            Assert.Equal(unsigned.Bytes, Hex(transaction.EncodeUnsigned()));
            Assert.Equal(unsigned.Digest, Hex(transaction.SigningHash()));
        }

        Assert.NotEqual(transaction.Hash(), transaction.SigningHash());
    }

    // Provenance: the message that the specification's list of values has for the creation. Its
    // gas limit is not that of the transaction, by one digit, so it is not what was signed.
    [Fact]
    public void A_creation_with_another_gas_limit_is_named_but_not_its_senders()
    {
        const string Message =
            "8a0042000a56040aafa62628302ff58a864e18759df7bfebae3cc9ac02401a005332dd4400086a5e4400"
            + "01d6900440";
        SignedMessage signed = new(
            Messages.MessageTests.Read(Message),
            new(SignatureType.Delegated, Convert.FromHexString(Creation.SignatureData)));

        Assert.Equal(
            "bafy2bzacecz6px3i2ppm6vhqp4szneznqsiwp7el7llukbh52yegygmsqeih6",
            signed.Cid.ToString());
        Assert.False(EthereumTransaction.Verify(signed, Creation.ChainId));
        Assert.True(EthereumTransaction.Verify(
            signed with { Message = signed.Message with { GasLimit = 0x5532dd } },
            Creation.ChainId));
    }

    // Provenance: the transaction's name on Ethereum's main network, first and last bytes.
    [Fact]
    public void A_transaction_of_the_main_network_has_its_name_there()
    {
        string hash = Hex(Decode(Homestead).Hash());

        Assert.StartsWith("c55e2b90", hash, StringComparison.Ordinal);
        Assert.EndsWith("77ef", hash, StringComparison.Ordinal);
    }

    internal static GoldenTransaction Dynamic => DynamicFee;

    internal static GoldenTransaction Protected => ReplayProtected;

    internal static GoldenTransaction Unprotected => Homestead;

    internal static GoldenTransaction Contract => Creation;

    internal static EthereumTransaction Decode(GoldenTransaction golden)
    {
        Assert.True(EthereumTransaction.TryDecode(
            golden.RawBytes, golden.ChainId, out EthereumTransaction? transaction, out _));
        Assert.Equal(golden.Raw, Hex(transaction.Encode()));
        return transaction;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
