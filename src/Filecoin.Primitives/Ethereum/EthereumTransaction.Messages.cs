using System.Diagnostics.CodeAnalysis;
using Filecoin.Crypto;

namespace Filecoin;

/// <content>The form of the chain: a message with a delegated signature.</content>
public sealed partial record EthereumTransaction
{
    private const int HomesteadSignatureLength = 1 + Secp256k1.SignatureLength;
    private const byte HomesteadMark = 1;
    private const byte ProtectedMark = 2;

    private static readonly Address Manager = Address.FromId(Address.EthereumNamespace);
    private static readonly MethodNumber CreateExternal = new(4);
    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");

    /// <summary>The message that it is, from whoever signed it.</summary>
    /// <remarks>Spec: crypto 3.2.</remarks>
    /// <returns>False if nobody can have made the signature.</returns>
    public bool TryToSignedMessage([NotNullWhen(true)] out SignedMessage? signed)
    {
        signed = TryRecoverSender(out Address sender)
            ? new(ToMessage(sender), new(SignatureType.Delegated, SignatureData()))
            : null;
        return signed is not null;
    }

    /// <summary>The transaction that a message with a delegated signature stands for.</summary>
    /// <remarks>
    /// Spec: crypto 3.1 and 3.3. The signature need not be the sender's: see
    /// <see cref="Verify"/>.
    /// </remarks>
    public static bool TryFromSignedMessage(
        SignedMessage signed,
        ulong chainId,
        [NotNullWhen(true)] out EthereumTransaction? transaction,
        out EthereumTransactionError error)
    {
        transaction = null;
        error = EthereumTransactionError.Signature;
        byte[] signature = new byte[Secp256k1.SignatureLength];
        if (signed.Signature.Type != SignatureType.Delegated
            || !TryReadData(signed.Signature.Data.Span, chainId, signature, out var kind))
        {
            return false;
        }

        error = EthereumTransactionError.Message;
        Message message = signed.Message;
        if (message.Version != 0
            || HasNegative(message)
            || !TryReadRecipient(message, out byte[] recipient)
            || !TryReadInput(message.Parameters.Span, out byte[] input))
        {
            return false;
        }

        error = EthereumTransactionError.None;
        transaction = new(
            kind,
            kind == EthereumTransactionKind.Homestead ? 0 : chainId,
            message.Nonce, message.GasPremium, message.GasFeeCap, message.GasLimit, recipient,
            message.Value, input, signature);
        return true;
    }

    /// <summary>Whether a message with a delegated signature is its sender's.</summary>
    /// <remarks>
    /// Spec: crypto 3.3. What the transaction does not cover, such as a premium beside a gas
    /// price, must be as the transaction makes it.
    /// </remarks>
    public static bool Verify(SignedMessage signed, ulong chainId) =>
        TryFromSignedMessage(signed, chainId, out EthereumTransaction? transaction, out _)
        && transaction.TryRecoverSender(out Address sender)
        && sender == signed.Message.From
        && transaction.ToMessage(sender).Cid == signed.Message.Cid;

    private Message ToMessage(Address sender)
    {
        bool creates = Recipient.IsEmpty;
        return new(
            0,
            creates ? Manager : Address.FromEthereum(Recipient.Span),
            sender,
            Nonce,
            Value,
            GasLimit,
            MaxFee,
            Kind == EthereumTransactionKind.DynamicFee ? MaxPriorityFee : MaxFee,
            creates ? CreateExternal : InvokeContract,
            Input.IsEmpty ? default : Cbor.EncodeBytes(Input.Span));
    }

    private byte[] SignatureData()
    {
        Span<byte> v = stackalloc byte[sizeof(ulong)];
        ReadOnlySpan<byte> minimal = v[RlpWriter.Minimal(v, V)..];
        ReadOnlySpan<byte> scalars = Signature.Span[..ParityIndex];
        return Kind switch
        {
            EthereumTransactionKind.DynamicFee => Signature.ToArray(),
            EthereumTransactionKind.Homestead => [HomesteadMark, .. scalars, .. minimal],
            EthereumTransactionKind.ReplayProtected => [ProtectedMark, .. scalars, .. minimal],
        };
    }

    /// <summary>Tells the kind by length and first byte, and brings v to a parity.</summary>
    private static bool TryReadData(
        ReadOnlySpan<byte> data,
        ulong chainId,
        Span<byte> signature,
        out EthereumTransactionKind kind)
    {
        kind = EthereumTransactionKind.DynamicFee;
        if (data.Length == Secp256k1.SignatureLength)
        {
            data.CopyTo(signature);
            return signature[ParityIndex] <= 1;
        }

        if (data.Length < HomesteadSignatureLength
            || !RlpReader.TryToUInt64(data[(1 + ParityIndex)..], out ulong v))
        {
            return false;
        }

        data.Slice(1, ParityIndex).CopyTo(signature);
        signature[ParityIndex] = (byte)(1 - (v & 1));
        kind = data[0] == HomesteadMark
            ? EthereumTransactionKind.Homestead
            : EthereumTransactionKind.ReplayProtected;
        return data[0] switch
        {
            HomesteadMark => v is HomesteadV or HomesteadV + 1,
            ProtectedMark => IsProtected(v, chainId),
            _ => false,
        };
    }

    private static bool HasNegative(Message message) =>
        message.Value.IsNegative
        || message.GasFeeCap.IsNegative
        || message.GasPremium.IsNegative;

    private static bool TryReadRecipient(Message message, out byte[] recipient)
    {
        recipient = [];
        if (message.To == Manager)
        {
            return message.Method == CreateExternal;
        }

        recipient = new byte[Address.EthereumLength];
        return message.Method == InvokeContract && message.To.TryToEthereum(recipient);
    }

    /// <summary>No parameters, or one byte string that is not empty.</summary>
    private static bool TryReadInput(ReadOnlySpan<byte> parameters, out byte[] input)
    {
        input = [];
        if (parameters.IsEmpty)
        {
            return true;
        }

        CborReader reader = new(parameters);
        bool read = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        input = bytes.ToArray();
        return read && !bytes.IsEmpty && reader.AtEnd;
    }
}
