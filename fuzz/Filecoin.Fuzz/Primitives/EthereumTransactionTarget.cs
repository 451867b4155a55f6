using Filecoin.Crypto;
using Filecoin.Ipld;

namespace Filecoin.Fuzz.Primitives;

/// <summary>Ethereum transactions as raw bytes and as messages: one form each, and back.</summary>
/// <remarks>The first byte tells which, and the chain.</remarks>
public static class EthereumTransactionTarget
{
    private static readonly ulong[] ChainIds = [314, 31_415_926, 1];

    public static IEnumerable<byte[]> Seeds()
    {
        foreach (EthereumTransactionKind kind in Enum.GetValues<EthereumTransactionKind>())
        {
            for (byte chain = 0; chain < ChainIds.Length; chain++)
            {
                byte[] recipient = chain == 0 ? [] : new byte[Address.EthereumLength];
                EthereumTransaction transaction = Sign(new(
                    kind, kind == EthereumTransactionKind.Homestead ? 0 : ChainIds[chain], 7,
                    TokenAmount.FromAtto(200), TokenAmount.FromAtto(200), 1_000_000, recipient,
                    TokenAmount.FromFil(chain), "input"u8.ToArray(), new byte[65]));
                yield return [chain, .. transaction.Encode()];
                if (transaction.TryToSignedMessage(out SignedMessage? signed))
                {
                    yield return [(byte)(chain | 0x80), .. Cbor.Encode(signed)];
                }
            }
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return Outcome.Refused("empty");
        }

        ulong chainId = ChainIds[(input[0] & 0x7f) % ChainIds.Length];
        return input[0] < 0x80 ? Raw(input[1..], chainId) : Message(input[1..], chainId);
    }

    private static Outcome Raw(ReadOnlySpan<byte> input, ulong chainId)
    {
        bool read = EthereumTransaction.TryDecode(
            input, chainId, out EthereumTransaction? transaction, out var error);
        Claim.Holds(
            read == (error == EthereumTransactionError.None), "a refusal without a reason");
        if (transaction is null || !read)
        {
            return Outcome.Refused($"raw {error}");
        }

        Claim.Holds(transaction.Encode().AsSpan().SequenceEqual(input), "bytes in two forms");
        if (!transaction.TryToSignedMessage(out SignedMessage? signed))
        {
            return Outcome.Accepted($"raw {transaction.Kind} without a signer");
        }

        // A call of the manager is no message that an account may send.
        bool callsManager = !transaction.Recipient.IsEmpty
            && signed.Message.To == Address.FromId(Address.EthereumNamespace);
        bool isBack = EthereumTransaction.TryFromSignedMessage(
            signed, chainId, out EthereumTransaction? back, out _);
        Claim.Holds(isBack == !callsManager, "a message of no transaction");
        Claim.Holds(isBack == EthereumTransaction.Verify(signed, chainId), "not its sender's");
        Claim.Holds(
            back is null || back.Encode().AsSpan().SequenceEqual(input), "another transaction");
        return Outcome.Accepted(
            $"raw {transaction.Kind} {signed.Message.Method} {Outcome.Size(input.Length)}");
    }

    private static Outcome Message(ReadOnlySpan<byte> input, ulong chainId)
    {
        if (!Cbor.TryDecode<SignedMessage>(input, out SignedMessage? signed, out _))
        {
            return Outcome.Refused("no message");
        }

        if (!EthereumTransaction.TryFromSignedMessage(
            signed, chainId, out EthereumTransaction? transaction, out var error))
        {
            Claim.Holds(error != EthereumTransactionError.None, "a refusal without a reason");
            return Outcome.Refused($"message {error}");
        }

        bool isSenders = EthereumTransaction.Verify(signed, chainId);
        Claim.Holds(
            !isSenders
                || (transaction.TryToSignedMessage(out SignedMessage? back)
                    && back.Cid == signed.Cid),
            "another message");
        _ = EthereumTransaction.TryDecode(transaction.Encode(), chainId, out _, out error);
        return Outcome.Accepted($"message {transaction.Kind} {isSenders} {error}");
    }

    private static EthereumTransaction Sign(EthereumTransaction transaction)
    {
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(transaction.SigningHash(), [.. new byte[31], 9], signature);
        return transaction with { Signature = signature };
    }
}
