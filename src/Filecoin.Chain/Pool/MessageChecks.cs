namespace Filecoin.Chain;

/// <summary>What can be said of a message without looking at the state.</summary>
/// <remarks>
/// Spec: ipld-encoding 6.3; lotus chain/types/message.go, ValidForBlockInclusion; FIP-0055.
/// </remarks>
internal static class MessageChecks
{
    private const int BlsKeyLength = 48;
    private const byte Infinity = 0xc0;

    /// <summary>Whether a message can be part of a block at all.</summary>
    public static PoolVerdict CheckForm(
        NetworkParameters network, PriceList prices, ChainMessage chained)
    {
        Message message = chained.Message;
        TokenAmount zero = TokenAmount.Zero;
        long gasMin = prices.OnChainMessage(chained.Bytes.Length).Total.RoundUp();
        (PoolRefusal refusal, string line) = message switch
        {
            { Version: not 0 } => (PoolRefusal.Version, $"version {message.Version} is not 0"),
            _ when IsNobody(message.To) => (
                PoolRefusal.Receiver, $"nobody can be {message.To.ToTestnetString()}"),
            _ when message.Value < zero || message.Value >= network.TotalSupply => (
                PoolRefusal.Value, $"a value of {message.Value} attoFIL cannot be sent"),
            _ when message.GasFeeCap < zero || message.GasPremium < zero => (
                PoolRefusal.Fee, "a fee below 0"),
            _ when message.GasPremium > message.GasFeeCap => (
                PoolRefusal.PremiumAboveCap,
                $"premium {message.GasPremium} above the fee cap {message.GasFeeCap}"),
            _ when message.GasLimit == 0 || message.GasLimit > (ulong)network.BlockGasMax => (
                PoolRefusal.GasLimit,
                $"gas limit {message.GasLimit} is not between 1 and {network.BlockGasMax}"),
            _ when message.GasLimit < (ulong)gasMin => (
                PoolRefusal.GasBelowInclusion,
                $"gas limit {message.GasLimit} below {gasMin}, the cost of its place in a block"),
            _ => (PoolRefusal.None, ""),
        };
        return new(refusal, line);
    }

    /// <summary>Whether a signature is that of the message's sender.</summary>
    public static bool IsSigned(
        NetworkParameters network, IVerifier verifier, SignedMessage signed)
    {
        Signature signature = signed.Signature;
        return signature.Type == SignatureType.Delegated
            ? EthereumTransaction.Verify(signed, network.ChainId)
            : verifier.VerifySignature(
                signature.Type,
                signature.Data.Span,
                signed.Message.From,
                signed.Message.Cid.Bytes) == Verdict.Valid;
    }

    /// <summary>Whether an address is that of the BLS key that anybody can sign for.</summary>
    private static bool IsNobody(Address address) =>
        address.Protocol == Protocol.Bls
        && address.Payload.Length == BlsKeyLength
        && address.Payload[0] == Infinity
        && !address.Payload[1..].ContainsAnyExcept((byte)0);
}
