namespace Filecoin.Rpc;

/// <summary>A transaction, of the chain or waiting.</summary>
public sealed record TransactionView
{
    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Transactions that the sender sent before.</summary>
    public required string Nonce { get; init; }

    /// <summary>Its block's hash; null while it waits.</summary>
    public string? BlockHash { get; init; }

    /// <summary>Its block's number; null while it waits.</summary>
    public string? BlockNumber { get; init; }

    /// <summary>Its place in the block; null while it waits.</summary>
    public string? TransactionIndex { get; init; }

    /// <summary>The sender.</summary>
    public required string From { get; init; }

    /// <summary>The receiver; null if it makes a contract.</summary>
    public required string? To { get; init; }

    /// <summary>What the receiver is given.</summary>
    public required string Value { get; init; }

    /// <summary>0x0 or 0x2.</summary>
    public required string Type { get; init; }

    /// <summary>Input or code.</summary>
    public required string Input { get; init; }

    /// <summary>Gas that it may use.</summary>
    public required string Gas { get; init; }

    /// <summary>What a unit of gas may cost; of legacy ones alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GasPrice { get; init; }

    /// <summary>What a unit of gas may cost in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaxFeePerGas { get; init; }

    /// <summary>What a unit of gas pays the miner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaxPriorityFeePerGas { get; init; }

    /// <summary>
    /// Empty for a message of Filecoin's own; null for a transaction, as nodes of the network have
    /// it.
    /// </summary>
    public IReadOnlyList<string>? AccessList { get; init; }

    /// <summary>The chain that it is for.</summary>
    public required string ChainId { get; init; }

    /// <summary>The recovery number.</summary>
    public required string V { get; init; }

    /// <summary>The parity of y; of typed ones alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? YParity { get; init; }

    /// <summary>Part of the signature.</summary>
    public required string R { get; init; }

    /// <summary>Part of the signature.</summary>
    public required string S { get; init; }
}

/// <summary>Makes what Ethereum's tools see of messages.</summary>
/// <remarks>Spec: eth-compat 5.</remarks>
internal static class TransactionViews
{
    private const int ScalarLength = 32;
    private const int ParityIndex = 64;

    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");
    private static readonly MethodNumber CreateExternal = new(4);

    /// <summary>
    /// What Ethereum knows a message by: its transaction's hash, else the CID's digest.
    /// </summary>
    public static string HashOf(ChainMessage message, NetworkParameters network) =>
        Hex.OfBytes(message.EthereumHash(network.ChainId) ?? message.Cid.Digest);

    /// <summary>The transaction that a message is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="network">Its network.</param>
    /// <param name="state">A state that knows its addresses.</param>
    /// <param name="tipset">Its tipset; null while it waits.</param>
    /// <param name="index">Its place there.</param>
    public static TransactionView Of(
        ChainMessage message,
        NetworkParameters network,
        ActorView state,
        Tipset? tipset = null,
        int index = 0)
    {
        TransactionView view = message.Signature is { Type: SignatureType.Delegated }
            && EthereumTransaction.TryFromSignedMessage(
                message.ToSigned()!, network.ChainId, out EthereumTransaction? transaction, out _)
            ? OfTransaction(
                HashOf(message, network), state.EthereumOf(message.Message.From), transaction)
            : OfMessage(message, state, network);
        return tipset is null ? view : view with
        {
            BlockHash = Hex.OfBytes(tipset.KeyCid.Digest),
            BlockNumber = Hex.Of((ulong)tipset.Epoch.Value),
            TransactionIndex = Hex.Of((ulong)index),
        };
    }

    /// <summary>Who receives a message, as Ethereum sees it; null if it makes a contract.</summary>
    public static string? ReceiverOf(Message message, ActorView state) =>
        message.To == Address.FromId(WellKnownActors.EthereumAddressManager)
        && message.Method == CreateExternal
            ? null
            : state.EthereumOf(message.To);

    /// <summary>A transaction that nobody has signed.</summary>
    public static TransactionView Unsigned(EthereumTransaction transaction, EthereumAddress from) =>
        OfTransaction(
            Hex.OfBytes(transaction.Hash()), Hex.OfBytes(from.Bytes.Span), transaction);

    private static TransactionView OfTransaction(
        string hash, string from, EthereumTransaction transaction)
    {
        bool isDynamic = transaction.Kind == EthereumTransactionKind.DynamicFee;
        ReadOnlySpan<byte> signature = transaction.Signature.Span;
        ulong parity = signature[ParityIndex];
        return new()
        {
            Hash = hash,
            Nonce = Hex.Of(transaction.Nonce),
            From = from,
            To = transaction.Recipient.IsEmpty
                ? null
                : Hex.OfBytes(transaction.Recipient.Span),
            Value = Hex.Of(transaction.Value),
            Type = isDynamic ? "0x2" : "0x0",
            Input = Hex.OfBytes(transaction.Input.Span),
            Gas = Hex.Of(transaction.GasLimit),
            GasPrice = isDynamic ? null : Hex.Of(transaction.MaxFee),
            MaxFeePerGas = isDynamic ? Hex.Of(transaction.MaxFee) : null,
            MaxPriorityFeePerGas = isDynamic ? Hex.Of(transaction.MaxPriorityFee) : null,
            ChainId = Hex.Of(transaction.ChainId),
            V = Hex.Of(transaction.Kind switch
            {
                EthereumTransactionKind.DynamicFee => parity,
                EthereumTransactionKind.Homestead => 27 + parity,
                EthereumTransactionKind.ReplayProtected => 35 + (2 * transaction.ChainId) + parity,
            }),
            YParity = isDynamic ? Hex.Of(parity) : null,
            R = Scalar(signature[..ScalarLength]),
            S = Scalar(signature[ScalarLength..ParityIndex]),
        };
    }

    private static TransactionView OfMessage(
        ChainMessage chained, ActorView state, NetworkParameters network)
    {
        Message message = chained.Message;
        return new()
        {
            Hash = HashOf(chained, network),
            Nonce = Hex.Of(message.Nonce),
            From = state.EthereumOf(message.From),
            To = ReceiverOf(message, state),
            Value = Hex.Of(message.Value),
            Type = "0x2",
            Input = Hex.OfBytes(InputOf(message)),
            Gas = Hex.Of(message.GasLimit),
            MaxFeePerGas = Hex.Of(message.GasFeeCap),
            MaxPriorityFeePerGas = Hex.Of(message.GasPremium),
            AccessList = [],
            ChainId = Hex.Of(network.ChainId),
            V = "0x0",
            R = "0x0",
            S = "0x0",
        };
    }

    /// <summary>What a message carries: its bytes, or a call of a native method.</summary>
    private static byte[] InputOf(Message message)
    {
        bool isBytes = message.Method == InvokeContract
            || ReceiverIsManager(message);
        CborReader reader = new(message.Parameters.Span);
        return isBytes && reader.TryReadBytes(out ReadOnlySpan<byte> bytes) && reader.AtEnd
            ? bytes.ToArray()
            : NativeCallForm.Input(
                message.Method,
                message.Parameters.IsEmpty ? null : new(Codec.Cbor, message.Parameters));
    }

    private static bool ReceiverIsManager(Message message) =>
        message.Method == CreateExternal
        && message.To == Address.FromId(WellKnownActors.EthereumAddressManager);

    private static string Scalar(ReadOnlySpan<byte> bytes) =>
        Hex.Of(new System.Numerics.BigInteger(bytes, isUnsigned: true, isBigEndian: true));
}
