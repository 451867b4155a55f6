namespace Filecoin.Rpc;

/// <summary>A call, or a transaction that the node is to sign.</summary>
/// <remarks>Spec: eth-compat 8.1. <c>input</c> wins over <c>data</c>.</remarks>
public sealed record CallRequest
{
    /// <summary>The sender; null for the address of zeros.</summary>
    public EthereumAddress? From { get; init; }

    /// <summary>The receiver; null to make a contract.</summary>
    public EthereumAddress? To { get; init; }

    /// <summary>Gas that it may use.</summary>
    public Quantity? Gas { get; init; }

    /// <summary>What a unit of gas may cost.</summary>
    public Quantity? GasPrice { get; init; }

    /// <summary>What a unit of gas may cost in all.</summary>
    public Quantity? MaxFeePerGas { get; init; }

    /// <summary>What a unit of gas pays the miner.</summary>
    public Quantity? MaxPriorityFeePerGas { get; init; }

    /// <summary>What the receiver is given.</summary>
    public Quantity? Value { get; init; }

    /// <summary>The sender's nonce; null for the next one.</summary>
    public Quantity? Nonce { get; init; }

    /// <summary>The chain it is for; null for this one.</summary>
    public Quantity? ChainId { get; init; }

    /// <summary>The kind of transaction; null for one with a base fee.</summary>
    public Quantity? Type { get; init; }

    /// <summary>Input or code.</summary>
    public HexBytes? Input { get; init; }

    /// <summary>The same under its older name.</summary>
    public HexBytes? Data { get; init; }

    /// <summary>Input or code, whichever name it has.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content => (Input ?? Data)?.Bytes ?? default;
}
