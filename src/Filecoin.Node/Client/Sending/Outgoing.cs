namespace Filecoin.Node;

/// <summary>What a message does.</summary>
internal enum OutgoingKind
{
    /// <summary>Gives the receiver something and calls nothing.</summary>
    Transfer,

    /// <summary>Calls a contract.</summary>
    Invoke,

    /// <summary>Makes a contract.</summary>
    Create,

    /// <summary>Calls a method of an actor.</summary>
    Method,
}

/// <summary>What a user wants to be sent, whoever sends it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="To">The receiver.</param>
/// <param name="Value">What the receiver is given.</param>
/// <param name="Method">The method called.</param>
/// <param name="Content">Input or code of a contract; else parameters in CBOR.</param>
internal sealed record Outgoing(
    OutgoingKind Kind,
    Address To,
    TokenAmount Value,
    MethodNumber Method,
    ReadOnlyMemory<byte> Content)
{
    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");
    private static readonly MethodNumber CreateExternal = new(4);

    /// <summary>Gas that it may use; null for what the node estimates.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>The parameters of the message: a contract's bytes are a byte string.</summary>
    public ReadOnlyMemory<byte> Parameters =>
        Kind is OutgoingKind.Transfer or OutgoingKind.Method || Content.IsEmpty
            ? Content
            : Cbor.EncodeBytes(Content.Span);

    /// <summary>A transfer.</summary>
    public static Outgoing Transfer(Address to, TokenAmount value) =>
        new(OutgoingKind.Transfer, to, value, MethodNumber.Send, default);

    /// <summary>A call of a contract.</summary>
    public static Outgoing Invoke(Address to, TokenAmount value, ReadOnlyMemory<byte> input) =>
        new(OutgoingKind.Invoke, to, value, InvokeContract, input);

    /// <summary>The making of a contract.</summary>
    public static Outgoing Create(TokenAmount value, ReadOnlyMemory<byte> code) => new(
        OutgoingKind.Create,
        Address.FromId(Address.EthereumNamespace),
        value,
        CreateExternal,
        code);

    /// <summary>A call of an actor's method.</summary>
    public static Outgoing Call(
        Address to, TokenAmount value, MethodNumber method, ReadOnlyMemory<byte> parameters) =>
        new(OutgoingKind.Method, to, value, method, parameters);
}
