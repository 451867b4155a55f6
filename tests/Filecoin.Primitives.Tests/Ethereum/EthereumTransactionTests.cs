using System.Numerics;
using CsCheck;
using Filecoin.Crypto;

namespace Filecoin.Primitives.Tests.Ethereum;

public sealed class EthereumTransactionTests
{
    private const ulong ChainId = 31_415_926;

    private const string Scalars =
        "a0457e33227ac7ceee2ef121755e26b872b6fb04221993f9939349bb7b0a3e1595"
        + "a02d8ef379e1d2a9e30fa61c92623cc9ed72d80cf6a48cfea341cb916bcc0a81bc";

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
        System.Globalization.NumberStyles.HexNumber);

    // The second, third and fourth are in lotus' tests: a number with leading zeros.
    [Theory]
    [InlineData("", EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85b8401df5e768200028301d69083086a5e835532dd808080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85a8401df5e7602840001d69083086a5e835532dd808080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "f8618200030182520794b94f5374fce5edbc8e2a8697c15331677e6ebf0b0a801ba098ff9212015547263"
        + "67d2be8c804a7ff89ccf285ebc57dff8ae4c44b9c19ac4aa07778cde41a8a37f6a087622b38bc201bd3e7"
        + "df06dce067569d4def1b53dba98c",
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85a8401df5e7681028301d69083086a5e835532dd808080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f90059" + "8401df5e76028301d69083086a5e835532dd808080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f8598401df5e76028301d69083086a5e835532dd808080c080" + Scalars + "00",
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85a8401df5e76028301d69083086a5e835532dd808080c080" + Scalars + "01",
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85a8401df5e76028301d69083086a5e835532dd8080c080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85b8401df5e76028301d69083086a5e835532dd82ffff8080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData(
        "02f85e8401df5e76028301d69083086a5e888000000000000000808080c080" + Scalars,
        EthereumTransactionError.Malformed)]
    [InlineData("02bfffffffffffffffff", EthereumTransactionError.Malformed)]
    [InlineData("ffffffffffffffffff", EthereumTransactionError.Malformed)]
    [InlineData("01c0", EthereumTransactionError.UnsupportedType)]
    [InlineData("03c0", EthereumTransactionError.UnsupportedType)]
    [InlineData("04c0", EthereumTransactionError.UnsupportedType)]
    [InlineData(
        "02f85a8401df5e76028301d69083086a5e835532dd808080c10180" + Scalars,
        EthereumTransactionError.AccessList)]
    [InlineData(
        "02f8598401df5e77028301d69083086a5e835532dd808080c080" + Scalars,
        EthereumTransactionError.OtherChain)]
    [InlineData(
        "f861800182520794b94f5374fce5edbc8e2a8697c15331677e6ebf0b0a80820297" + Scalars,
        EthereumTransactionError.OtherChain)]
    [InlineData(
        "02f8598401df5e76028301d69083086a5e835532dd808080c002" + Scalars,
        EthereumTransactionError.Signature)]
    public void What_is_no_transaction_is_refused(string hex, EthereumTransactionError expected)
    {
        Assert.False(EthereumTransaction.TryDecode(
            Convert.FromHexString(hex), ChainId, out _, out EthereumTransactionError error));

        Assert.Equal(expected, error);
    }

    [Fact]
    public void One_byte_too_many_is_refused_before_it_is_read()
    {
        byte[] input = new byte[EthereumTransaction.EncodedLengthMax + 1];
        input[0] = 0xfa;

        Assert.False(EthereumTransaction.TryDecode(
            input, ChainId, out _, out EthereumTransactionError error));
        Assert.Equal(EthereumTransactionError.Malformed, error);
    }

    [Fact]
    public void The_other_s_is_the_same_sender_but_no_raw_transaction()
    {
        EthereumTransaction transaction =
            EthereumTransactionGoldenTests.Decode(EthereumTransactionGoldenTests.Contract);
        byte[] signature = transaction.Signature.ToArray();
        BigInteger s = new(signature.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(signature, 32);
        signature[64] ^= 1;
        EthereumTransaction other = transaction with { Signature = signature };

        Assert.True(transaction.TryRecoverSender(out Address sender));
        Assert.True(other.TryRecoverSender(out Address otherSender));
        Assert.Equal(sender, otherSender);
        Assert.True(other.TryToSignedMessage(out SignedMessage? signed));
        Assert.True(EthereumTransaction.Verify(signed, ChainId));
        Refuses(other);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(32, 0)]
    [InlineData(0, 0xff)]
    public void A_signature_outside_the_group_is_refused(int start, byte value)
    {
        EthereumTransaction transaction =
            EthereumTransactionGoldenTests.Decode(EthereumTransactionGoldenTests.Contract);
        byte[] signature = transaction.Signature.ToArray();
        signature.AsSpan(start, 32).Fill(value);

        Refuses(transaction with { Signature = signature });
        Assert.False((transaction with { Signature = signature }).TryRecoverSender(out _));
    }

    [Fact]
    public void A_transaction_survives_both_forms() =>
        Gen.Select(
            Gen.Enum<EthereumTransactionKind>(), Gen.ULong, Gen.ULong[0, long.MaxValue],
            Gen.Byte.Array[0, 300], Gen.Byte.Array[20], Gen.Bool).Sample(
            (kind, number, gasLimit, input, recipient, creates) =>
            {
                EthereumTransaction transaction = Sign(new(
                    kind,
                    kind == EthereumTransactionKind.Homestead ? 0 : ChainId,
                    number,
                    TokenAmount.FromAtto((BigInteger)number * 3),
                    TokenAmount.FromAtto((BigInteger)number * (kind == 0 ? 5 : 3)),
                    gasLimit,
                    creates ? default : recipient,
                    TokenAmount.FromAtto((BigInteger)gasLimit * number),
                    input,
                    new byte[65]));
                byte[] raw = transaction.Encode();

                Assert.True(EthereumTransaction.TryDecode(raw, ChainId, out var read, out _));
                Assert.Equal(raw, read.Encode());
                Assert.True(read.TryToSignedMessage(out SignedMessage? signed));
                Assert.True(EthereumTransaction.Verify(signed, ChainId));
                Assert.True(EthereumTransaction.TryFromSignedMessage(
                    signed, ChainId, out EthereumTransaction? back, out _));
                Assert.Equal(raw, back.Encode());
            },
            seed: "0000KfrOmcD7", iter: 300);

    internal static EthereumTransaction Sign(EthereumTransaction transaction)
    {
        byte[] secret = [.. new byte[31], 9];
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(transaction.SigningHash(), secret, signature);
        return transaction with { Signature = signature };
    }

    private static void Refuses(EthereumTransaction transaction)
    {
        Assert.False(EthereumTransaction.TryDecode(
            transaction.Encode(), ChainId, out _, out EthereumTransactionError error));
        Assert.Equal(EthereumTransactionError.Signature, error);
    }
}
