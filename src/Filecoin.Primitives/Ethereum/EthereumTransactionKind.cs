namespace Filecoin;

/// <summary>Forms of Ethereum transactions that the network takes.</summary>
/// <remarks>Spec: crypto 3.1; FIP-0055, FIP-0091.</remarks>
public enum EthereumTransactionKind
{
    /// <summary>With a fee cap and a premium (type 2, EIP-1559).</summary>
    DynamicFee,

    /// <summary>Without type, with one gas price, valid on any chain.</summary>
    Homestead,

    /// <summary>Without type, with one gas price and a chain id in v (EIP-155).</summary>
    ReplayProtected,
}

/// <summary>Why something is no Ethereum transaction that the network takes.</summary>
public enum EthereumTransactionError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It is not the canonical encoding of such a transaction's fields.</summary>
    Malformed,

    /// <summary>It is of a type that the network does not take.</summary>
    UnsupportedType,

    /// <summary>It has an access list that is not empty.</summary>
    AccessList,

    /// <summary>It is for another chain.</summary>
    OtherChain,

    /// <summary>Its signature is of no form that its kind may have.</summary>
    Signature,

    /// <summary>The message is none that a transaction becomes.</summary>
    Message,
}
