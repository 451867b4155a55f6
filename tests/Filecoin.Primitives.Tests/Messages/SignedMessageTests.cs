using Filecoin.Crypto;
using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Messages;

public sealed class SignedMessageTests
{
    private const string Message1559 =
        "8a004300ec0756040a77a5535bd66c24472c8aefff87e3f40a1eac848400400040401ae525aa1558265824f8"
        + "b2cb4f000000000000000000000000ff00000000000000000000000000000000000064";

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
