using Filecoin.Crypto;

namespace Filecoin;

/// <summary>A signed Ethereum transaction, which is a message with another face.</summary>
/// <remarks>
/// Spec: crypto 3; eth-compat 10; lotus chain/types/ethtypes. Equality is that of the members,
/// where memories are compared by place: compare encodings instead.
/// </remarks>
/// <param name="Kind">Its form.</param>
/// <param name="ChainId">The chain it is for; 0 if it is valid on any.</param>
/// <param name="Nonce">How many its sender has sent before.</param>
/// <param name="MaxPriorityFee">What a unit of gas pays the miner; legacy: the gas price.</param>
/// <param name="MaxFee">What a unit of gas may cost in all; legacy: the gas price.</param>
/// <param name="GasLimit">What it may use, in gas.</param>
/// <param name="Recipient">20 bytes, or none to create a contract.</param>
/// <param name="Value">What the recipient is given.</param>
/// <param name="Input">A contract's input or code.</param>
/// <param name="Signature">r and s, 32 bytes each, and the parity of y, 0 or 1.</param>
public sealed partial record EthereumTransaction(
    EthereumTransactionKind Kind,
    ulong ChainId,
    ulong Nonce,
    TokenAmount MaxPriorityFee,
    TokenAmount MaxFee,
    ulong GasLimit,
    ReadOnlyMemory<byte> Recipient,
    TokenAmount Value,
    ReadOnlyMemory<byte> Input,
    ReadOnlyMemory<byte> Signature)
{
    private const int ScalarBytes = Secp256k1.ScalarLength;
    private const int ParityIndex = 2 * ScalarBytes;
    private const ulong HomesteadV = 27;
    private const ulong ProtectedV = 35;

    private byte Parity => Signature.Span[ParityIndex];

    /// <summary>v, as the kind writes it.</summary>
    private ulong V => Kind switch
    {
        EthereumTransactionKind.DynamicFee => Parity,
        EthereumTransactionKind.Homestead => HomesteadV + Parity,
        EthereumTransactionKind.ReplayProtected => ProtectedV + (2 * ChainId) + Parity,
    };

    /// <summary>Finds who signed it, an f410 address.</summary>
    /// <returns>False if nobody can have made the signature.</returns>
    public bool TryRecoverSender(out Address sender)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        bool recovered = Secp256k1.TryRecover(SigningHash(), Signature.Span, key);
        sender = recovered ? Address.FromEthereumKey(key) : default;
        return recovered;
    }

    /// <summary>What Ethereum knows it by: Keccak-256 of its encoding.</summary>
    public byte[] Hash() => Keccak256.Hash(Encode());

    /// <summary>What is signed: Keccak-256 of its encoding without signature.</summary>
    public byte[] SigningHash() => Keccak256.Hash(EncodeUnsigned());
}
