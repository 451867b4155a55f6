namespace Filecoin.Rpc;

/// <summary>A message.</summary>
public sealed record MessageView
{
    /// <summary>Always 0.</summary>
    public ulong Version { get; init; }

    /// <summary>The receiver.</summary>
    public required AddressView To { get; init; }

    /// <summary>The sender.</summary>
    public required AddressView From { get; init; }

    /// <summary>Messages that the sender has sent before.</summary>
    public ulong Nonce { get; init; }

    /// <summary>What the receiver is given.</summary>
    public AmountView Value { get; init; }

    /// <summary>Gas that it may use.</summary>
    public long GasLimit { get; init; }

    /// <summary>What a unit of gas may cost in all.</summary>
    public AmountView GasFeeCap { get; init; }

    /// <summary>What a unit of gas pays the miner.</summary>
    public AmountView GasPremium { get; init; }

    /// <summary>The method called.</summary>
    public ulong Method { get; init; }

    /// <summary>Its parameters; null for none.</summary>
    public byte[]? Params { get; init; }

    /// <summary>Names it; not read.</summary>
    [JsonPropertyName("CID")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CidLink? Link { get; init; }

    /// <summary>The view of a message.</summary>
    public static MessageView Of(Message message) => new()
    {
        Version = message.Version,
        To = new(message.To),
        From = new(message.From),
        Nonce = message.Nonce,
        Value = new(message.Value),
        GasLimit = (long)message.GasLimit,
        GasFeeCap = new(message.GasFeeCap),
        GasPremium = new(message.GasPremium),
        Method = message.Method.Value,
        Params = GoBytes.Of(message.Parameters),
        Link = new(message.Cid),
    };

    /// <summary>The view of a message that completes another view.</summary>
    /// <remarks>
    /// Lotus answers with the bytes that it was given: none stay "" or null. Some clients send ""
    /// and do not take null for it.
    /// </remarks>
    internal static MessageView Of(Message message, MessageView asked) =>
        Of(message) with { Params = asked.Params };

    /// <summary>The message of a view.</summary>
    /// <exception cref="RpcException">Its gas limit is negative.</exception>
    public Message ToMessage() => new(
        Version, To.Address, From.Address, Nonce, Value.Amount,
        GasLimit >= 0 ? (ulong)GasLimit : throw RpcException.BadParameters("GasLimit below 0"),
        GasFeeCap.Amount, GasPremium.Amount, new(Method), Params ?? []);
}

/// <summary>A signature.</summary>
/// <param name="Type">1 secp256k1, 2 BLS, 3 delegated.</param>
/// <param name="Data">Its bytes.</param>
public sealed record SignatureView(int Type, byte[] Data)
{
    /// <summary>The view of a signature; null for none.</summary>
    public static SignatureView? Of(Signature? signature) => signature is Signature given
        ? new((int)given.Type, given.Data.ToArray())
        : null;

    /// <summary>The signature.</summary>
    /// <exception cref="RpcException">It is of no kind there is.</exception>
    public Signature ToSignature() => Type is 1 or 2 or 3
        ? new((SignatureType)Type, Data)
        : throw RpcException.BadParameters($"no signature of type {Type}");
}

/// <summary>A message with its signature.</summary>
public sealed record SignedMessageView(
    MessageView Message,
    SignatureView Signature,
    [property: JsonPropertyName("CID")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    CidLink? Link = null)
{
    /// <summary>The view of a signed message.</summary>
    public static SignedMessageView Of(SignedMessage signed) => new(
        MessageView.Of(signed.Message), SignatureView.Of(signed.Signature)!, new(signed.Cid));

    /// <summary>The view of a signed message that completes what was asked for.</summary>
    internal static SignedMessageView Of(SignedMessage signed, MessageView asked) =>
        Of(signed) with { Message = MessageView.Of(signed.Message, asked) };

    /// <summary>The message with its signature.</summary>
    /// <exception cref="RpcException">
    /// One of both is missing, or the signature is of no kind there is.
    /// </exception>
    public SignedMessage ToSigned() => Message is not null && Signature is not null
        ? new(Message.ToMessage(), Signature.ToSignature())
        : throw RpcException.BadParameters("a signed message without Message or Signature");
}

/// <summary>What a message led to.</summary>
public sealed record MessageReceiptView(
    uint ExitCode, byte[]? Return, long GasUsed, CidLink? EventsRoot)
{
    /// <summary>The view of a receipt.</summary>
    public static MessageReceiptView Of(Receipt receipt) => new(
        receipt.ExitCode.Value,
        GoBytes.Of(receipt.Return),
        receipt.GasUsed,
        receipt.EventsRoot is Cid root ? new CidLink(root) : null);
}

/// <summary>Where a message is and what it led to.</summary>
/// <param name="Message">Names it.</param>
/// <param name="Receipt">What it led to.</param>
/// <param name="ReturnDec">What it returned, by members; null if that is not known.</param>
/// <param name="TipSet">The tipset that it ran in.</param>
/// <param name="Height">That tipset's epoch.</param>
public sealed record MessageLookupView(
    CidLink Message,
    MessageReceiptView Receipt,
    ActorValue ReturnDec,
    IReadOnlyList<CidLink> TipSet,
    long Height);

/// <summary>How much a sender may pay in all for gas.</summary>
/// <param name="MaxFee">In attoFIL; 0 for the node's choice.</param>
public sealed record MessageSendSpec(AmountView MaxFee);

/// <summary>Whose messages are looked for.</summary>
/// <param name="To">The receiver; null for any.</param>
/// <param name="From">The sender; null for any.</param>
public sealed record MessageMatch(AddressView? To, AddressView? From);

/// <summary>A message that is still to be signed.</summary>
/// <param name="Message">The message.</param>
/// <param name="ValidNonce">Whether its nonce is to be used.</param>
public sealed record MessagePrototypeView(
    [property: JsonRequired] MessageView Message, bool ValidNonce);
