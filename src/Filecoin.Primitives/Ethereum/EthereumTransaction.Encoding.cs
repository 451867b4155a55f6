using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin;

/// <content>The form of Ethereum: RLP, with a type byte before it or none.</content>
public sealed partial record EthereumTransaction
{
    /// <summary>Bytes of the longest transaction that is read.</summary>
    public const int EncodedLengthMax = 2 << 20;

    private const byte DynamicFeeType = 2;
    private const byte UntypedMin = 0x80;

    /// <summary>Half the order of the curve: s is not above it.</summary>
    private static readonly BigInteger SMax = Order / 2;

    private static BigInteger Order => new(
        [
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
            0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b,
            0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
        ],
        isUnsigned: true,
        isBigEndian: true);

    /// <summary>Reads a transaction that fills the input exactly.</summary>
    /// <remarks>
    /// There is one encoding to a transaction: numbers have no leading zeros, and s is the lower
    /// of the two that would do.
    /// </remarks>
    /// <param name="input">The bytes, as <c>eth_sendRawTransaction</c> takes them.</param>
    /// <param name="chainId">The network's chain id.</param>
    /// <param name="transaction">The result.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> input,
        ulong chainId,
        [NotNullWhen(true)] out EthereumTransaction? transaction,
        out EthereumTransactionError error)
    {
        transaction = null;
        error = EthereumTransactionError.Malformed;
        if (input.Length is 0 or > EncodedLengthMax)
        {
            return false;
        }

        bool isDynamic = input[0] == DynamicFeeType;
        if (!isDynamic && input[0] < UntypedMin)
        {
            error = EthereumTransactionError.UnsupportedType;
            return false;
        }

        RlpReader reader = new(isDynamic ? input[1..] : input);
        if (!reader.TryReadList(out RlpReader fields) || !reader.IsEnd)
        {
            return false;
        }

        error = isDynamic
            ? ReadDynamicFee(ref fields, chainId, out transaction)
            : ReadLegacy(ref fields, chainId, out transaction);
        return error == EthereumTransactionError.None;
    }

    /// <summary>Its form with the signature.</summary>
    public byte[] Encode()
    {
        RlpWriter writer = WriteFields();
        writer.WriteUInt64(V);
        writer.WriteNumber(Signature.Span[..ScalarBytes]);
        writer.WriteNumber(Signature.Span[ScalarBytes..ParityIndex]);
        return writer.ToList(Prefix);
    }

    /// <summary>What is signed.</summary>
    public byte[] EncodeUnsigned()
    {
        RlpWriter writer = WriteFields();
        if (Kind == EthereumTransactionKind.ReplayProtected)
        {
            writer.WriteUInt64(ChainId);
            writer.WriteUInt64(0);
            writer.WriteUInt64(0);
        }

        return writer.ToList(Prefix);
    }

    private ReadOnlySpan<byte> Prefix =>
        Kind == EthereumTransactionKind.DynamicFee ? [DynamicFeeType] : [];

    private static EthereumTransactionError ReadDynamicFee(
        ref RlpReader fields, ulong chainId, out EthereumTransaction? transaction)
    {
        transaction = null;
        if (!fields.TryReadUInt64(out ulong chain)
            || !fields.TryReadUInt64(out ulong nonce)
            || !fields.TryReadAmount(out TokenAmount premium)
            || !fields.TryReadAmount(out TokenAmount cap)
            || !TryReadCall(ref fields, out Call call)
            || !fields.TryReadList(out RlpReader accessList)
            || !TryReadSignature(ref fields, out ulong v, out byte[] signature))
        {
            return EthereumTransactionError.Malformed;
        }

        signature[ParityIndex] = (byte)(v & 1);
        transaction = new(
            EthereumTransactionKind.DynamicFee, chain, nonce, premium, cap, call.GasLimit,
            call.Recipient, call.Value, call.Input, signature);
        return !accessList.IsEnd ? EthereumTransactionError.AccessList
            : chain != chainId ? EthereumTransactionError.OtherChain
            : v > 1 || !IsCanonical(signature) ? EthereumTransactionError.Signature
            : EthereumTransactionError.None;
    }

    private static EthereumTransactionError ReadLegacy(
        ref RlpReader fields, ulong chainId, out EthereumTransaction? transaction)
    {
        transaction = null;
        if (!fields.TryReadUInt64(out ulong nonce)
            || !fields.TryReadAmount(out TokenAmount price)
            || !TryReadCall(ref fields, out Call call)
            || !TryReadSignature(ref fields, out ulong v, out byte[] signature))
        {
            return EthereumTransactionError.Malformed;
        }

        bool isHomestead = v is HomesteadV or HomesteadV + 1;
        if (!isHomestead && !IsProtected(v, chainId))
        {
            return EthereumTransactionError.OtherChain;
        }

        signature[ParityIndex] = (byte)(1 - (v & 1));
        transaction = new(
            isHomestead
                ? EthereumTransactionKind.Homestead
                : EthereumTransactionKind.ReplayProtected,
            isHomestead ? 0 : chainId, nonce, price, price, call.GasLimit, call.Recipient,
            call.Value, call.Input, signature);
        return IsCanonical(signature)
            ? EthereumTransactionError.None
            : EthereumTransactionError.Signature;
    }

    private static bool IsProtected(ulong v, ulong chainId) =>
        v >= ProtectedV && (v - ProtectedV) / 2 == chainId;

    private static bool TryReadCall(ref RlpReader fields, out Call call)
    {
        call = default;
        if (!fields.TryReadUInt64(out ulong gasLimit)
            || gasLimit > long.MaxValue
            || !fields.TryReadBytes(out ReadOnlySpan<byte> recipient)
            || recipient.Length is not (0 or Address.EthereumLength)
            || !fields.TryReadAmount(out TokenAmount value)
            || !fields.TryReadBytes(out ReadOnlySpan<byte> data))
        {
            return false;
        }

        call = new(gasLimit, recipient.ToArray(), value, data.ToArray());
        return true;
    }

    /// <summary>Reads v, r and s, which come last; the parity is left to the kind.</summary>
    private static bool TryReadSignature(
        ref RlpReader fields, out ulong v, out byte[] signature)
    {
        signature = new byte[Secp256k1.SignatureLength];
        return fields.TryReadUInt64(out v)
            && TryReadScalar(ref fields, signature.AsSpan(..ScalarBytes))
            && TryReadScalar(ref fields, signature.AsSpan(ScalarBytes..ParityIndex))
            && fields.IsEnd;
    }

    private static bool TryReadScalar(ref RlpReader fields, Span<byte> scalar) =>
        fields.TryReadBytes(out ReadOnlySpan<byte> bytes)
        && bytes.Length <= scalar.Length
        && bytes is not [0, ..]
        && bytes.TryCopyTo(scalar[(scalar.Length - bytes.Length)..]);

    private static bool IsCanonical(ReadOnlySpan<byte> signature)
    {
        BigInteger r = new(signature[..ScalarBytes], isUnsigned: true, isBigEndian: true);
        BigInteger s = new(
            signature[ScalarBytes..ParityIndex], isUnsigned: true, isBigEndian: true);
        return !r.IsZero && r < Order && !s.IsZero && s <= SMax;
    }

    private RlpWriter WriteFields()
    {
        RlpWriter writer = new();
        bool isDynamic = Kind == EthereumTransactionKind.DynamicFee;
        if (isDynamic)
        {
            writer.WriteUInt64(ChainId);
        }

        writer.WriteUInt64(Nonce);
        if (isDynamic)
        {
            writer.WriteAmount(MaxPriorityFee);
        }

        writer.WriteAmount(MaxFee);
        writer.WriteUInt64(GasLimit);
        writer.WriteBytes(Recipient.Span);
        writer.WriteAmount(Value);
        writer.WriteBytes(Input.Span);
        if (isDynamic)
        {
            writer.WriteEmptyList();
        }

        return writer;
    }

    private readonly record struct Call(
        ulong GasLimit, byte[] Recipient, TokenAmount Value, byte[] Input);
}
