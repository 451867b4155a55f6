using Filecoin.Crypto;
using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Messages;

public sealed class SignedMessageTests
{
    private const string Message1559 =
        "8a004300ec0756040a77a5535bd66c24472c8aefff87e3f40a1eac848400400040401ae525aa1558265824f8"
        + "b2cb4f000000000000000000000000ff00000000000000000000000000000000000064";

    private const string Message155 =
        "8a0056040ac2dca9a18d4a4057921d1bcb22da05e68e46b1d056040aa2bbb73ac59b256415e91a820b224dba"
        + "f2c268fa004200641a005dc1ba45003b9aca0045003b9aca001ae525aa1540";

    private const string MessageHomestead =
        "8a0056040a104994f45d9d697ca104e5704a7b77d7fec3537c56040a32be343b94f860124dc4fee278fdcbd3"
        + "8c102d881a0001efc54a000821878651a4d700001a00051615460006fc23ac00460006fc23ac001ae525aa15"
        + "40";

    // Provenance: raw transactions of lotus' tests of Ethereum types; the CIDs are reckoned from
    // them with noble.
    [Theory]
    [InlineData(
        Message1559,
        "706d871013403cf8b965dfa7f2be5a4d185d746da45b21d5a67c667c26d255d6"
        + "2e68a14f386aa325ce8e82d30405107d53103d038cf20e40af961ef3a396360800",
        "bafy2bzacedulyafxmacpalv2d3ficce6xdhq54tn2vp3gihtz6lkvqq6odpc4",
        "bafy2bzaceclza56iem2pkzjaxl2f43khqf63j6hwxk5jpf773odztqhupaze6")]
    [InlineData(
        Message155,
        "02f91ee69c4603c4f21131467ee9e06ad4a96d0a29fa8064db61f3adaea0eb6e92"
        + "7181e306bb8f773d94cc3b75e9835de00c004e072e6630c0c46971d38706bb010297",
        "bafy2bzacea5xcvoz25vj4z3v7y67uwtc6aix5aj3styqvhn2m7lmia5bhnqei",
        "bafy2bzacecqdogxvuw23e36awgwovzea5pyqqqhcjz43tiq3ymwagn75q3f2m")]
    [InlineData(
        MessageHomestead,
        "0151222d91a379452395d0abaff981af4cfcc242f25cfaf947dea8245a477731f9"
        + "3a997c910b4701cca5d933fb26064ee5af7fe3236ff0ef2b58aa50b25aff8ca51b",
        "bafy2bzacebjfmnfcv2ywcnszjxu3wsuxyqfg2p6r6e4is5rs3lyytmkdikzuo",
        "bafy2bzacedu4eynjrzy2dtsiqpylrk3za6fr2a5a5opddcrpbhalt6fjwlpsy")]
    public void An_ethereum_transaction_is_named_with_its_signature(
        string unsigned, string signature, string messageCid, string signedCid)
    {
        SignedMessage signed = new(
            MessageTests.Read(unsigned),
            new(SignatureType.Delegated, Convert.FromHexString(signature)));

        Assert.Equal(messageCid, signed.Message.Cid.ToString());
        Assert.Equal(signedCid, signed.Cid.ToString());
        Assert.Equal(Cbor.Encode(signed).Length, signed.ChainSizeBytes);
    }

    [Fact]
    public void A_bls_message_is_named_and_kept_without_its_signature()
    {
        Message message = MessageTests.Read(Message1559);
        SignedMessage signed = new(message, new(SignatureType.Bls, new byte[96]));

        Assert.Equal(message.Cid, signed.Cid);
        Assert.Equal(Cbor.Encode(message), signed.ChainBytes());
        Assert.Equal(Cbor.Encode(message).Length, signed.ChainSizeBytes);
    }

    [Fact]
    public void A_secp256k1_message_is_named_and_kept_with_its_signature()
    {
        Message message = MessageTests.Read(Message1559);
        SignedMessage signed = new(message, new(SignatureType.Secp256k1, new byte[65]));

        Assert.NotEqual(message.Cid, signed.Cid);
        Assert.Equal(Cid.Of(Codec.DagCbor, Cbor.Encode(signed)), signed.Cid);

        // The array's header, the byte string's header of two bytes, and the kind.
        Assert.Equal(Cbor.Encode(message).Length + 65 + 4, signed.ChainSizeBytes);
    }

    [Fact]
    public void A_signed_message_survives_cbor()
    {
        byte[] secret = [.. new byte[31], 9];
        byte[] publicKey = new byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(secret, publicKey);
        Message message = MessageTests.Read(Message1559) with
        {
            From = Address.FromSecp256k1(publicKey),
        };
        byte[] hash = new byte[32];
        Blake2b.Hash(message.Cid.Bytes, hash);
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash, secret, signature);
        byte[] encoded = Cbor.Encode(
            new SignedMessage(message, new(SignatureType.Secp256k1, signature)));

        Assert.True(Cbor.TryDecode<SignedMessage>(encoded, out SignedMessage? read, out _));
        Assert.Equal(encoded, Cbor.Encode(read));
        Assert.Equal(new(SignatureType.Secp256k1, signature), read.Signature);
        Assert.True(Secp256k1.Verify(hash, read.Signature.Data.Span, publicKey));
    }

    [Theory]
    [InlineData("4101", SignatureType.Secp256k1)]
    [InlineData("4302dead", SignatureType.Bls)]
    [InlineData("4203ff", SignatureType.Delegated)]
    public void A_signature_is_its_kind_and_its_data(string cbor, SignatureType type)
    {
        byte[] encoded = Convert.FromHexString(cbor);

        Assert.True(Cbor.TryDecode(encoded, out Signature signature, out _));
        Assert.Equal(new(type, encoded.AsMemory(2)), signature);
        Assert.Equal(encoded, Cbor.Encode(signature));
    }

    public static TheoryData<string> RefusedSignatures =>
        ["40", "4100", "4104", "6101", "01", "58c901" + new string('0', 400)];

    [Theory]
    [MemberData(nameof(RefusedSignatures))]
    public void Without_a_known_kind_or_too_long_it_is_no_signature(string cbor) =>
        Assert.False(Cbor.TryDecode<Signature>(Convert.FromHexString(cbor), out _, out _));
}
