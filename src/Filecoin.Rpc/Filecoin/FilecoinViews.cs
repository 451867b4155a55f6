namespace Filecoin.Rpc;

/// <summary>A link, as lotus writes it: <c>{"/": "bafy…"}</c>.</summary>
[JsonConverter(typeof(CidLinkConverter))]
public readonly record struct CidLink(Cid Cid);

/// <summary>An address, as a network of no value writes it: t0 to t4.</summary>
[JsonConverter(typeof(AddressConverter))]
public readonly record struct AddressView(Address Address);

/// <summary>An amount in attoFIL, in decimal digits.</summary>
[JsonConverter(typeof(AmountConverter))]
public readonly record struct AmountView(TokenAmount Amount);

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
    public static MessageView Of(Message message, Cid? cid = null) => new()
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
        Params = message.Parameters.IsEmpty ? null : message.Parameters.ToArray(),
        Link = new(cid ?? message.Cid),
    };

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
public sealed record SignatureView(int Type, byte[] Data);

/// <summary>A message with its signature.</summary>
public sealed record SignedMessageView(
    MessageView Message,
    SignatureView Signature,
    [property: JsonPropertyName("CID")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    CidLink? Link = null)
{
    /// <summary>The message with its signature.</summary>
    /// <exception cref="RpcException">The signature is of no kind there is.</exception>
    public SignedMessage ToSigned() => Signature.Type is 1 or 2 or 3
        ? new(Message.ToMessage(), new((SignatureType)Signature.Type, Signature.Data))
        : throw RpcException.BadParameters($"no signature of type {Signature.Type}");
}

/// <summary>A header of a block, as far as tools look at it.</summary>
public sealed record HeaderView(
    AddressView Miner,
    IReadOnlyList<CidLink> Parents,
    string ParentWeight,
    long Height,
    CidLink ParentStateRoot,
    CidLink ParentMessageReceipts,
    CidLink Messages,
    ulong Timestamp,
    ulong ForkSignaling,
    AmountView ParentBaseFee);

/// <summary>A tipset.</summary>
public sealed record TipsetView(
    IReadOnlyList<CidLink> Cids, IReadOnlyList<HeaderView> Blocks, long Height)
{
    /// <summary>The view of a tipset.</summary>
    public static TipsetView Of(Tipset tipset) => new(
        [.. Links(tipset.Cids)], [.. Headers(tipset)], tipset.Epoch.Value);

    /// <summary>The links of CIDs.</summary>
    internal static IEnumerable<CidLink> Links(IEnumerable<Cid> cids)
    {
        foreach (Cid cid in cids)
        {
            yield return new(cid);
        }
    }

    private static IEnumerable<HeaderView> Headers(Tipset tipset)
    {
        foreach (BlockHeader block in tipset.Blocks)
        {
            yield return new(
                new(block.Miner),
                [.. Links(block.Parents)],
                $"{block.ParentWeight.Value}",
                block.Epoch.Value,
                new(block.ParentStateRoot),
                new(block.ParentReceipts),
                new(block.Messages),
                block.Timestamp,
                block.ForkSignaling,
                new(block.ParentBaseFee));
        }
    }
}

/// <summary>What a message led to.</summary>
public sealed record MessageReceiptView(
    uint ExitCode, byte[]? Return, long GasUsed, CidLink? EventsRoot)
{
    /// <summary>The view of a receipt.</summary>
    public static MessageReceiptView Of(Receipt receipt) => new(
        receipt.ExitCode.Value,
        receipt.Return.IsEmpty ? null : receipt.Return.ToArray(),
        receipt.GasUsed,
        receipt.EventsRoot is Cid root ? new CidLink(root) : null);
}

/// <summary>Where a message is and what it led to.</summary>
/// <param name="Message">Names it.</param>
/// <param name="Receipt">What it led to.</param>
/// <param name="ReturnDec">Not decoded: null.</param>
/// <param name="TipSet">The tipset that it ran in.</param>
/// <param name="Height">That tipset's epoch.</param>
public sealed record MessageLookupView(
    CidLink Message,
    MessageReceiptView Receipt,
    object? ReturnDec,
    IReadOnlyList<CidLink> TipSet,
    long Height);

/// <summary>What a call led to that left nothing behind.</summary>
public sealed record InvocationView(
    CidLink MsgCid, MessageView Msg, MessageReceiptView MsgRct, string Error, long Duration);

/// <summary>An actor's record.</summary>
public sealed record ActorRecordView(
    CidLink Code, CidLink Head, ulong Nonce, AmountView Balance, AddressView? DelegatedAddress);

/// <summary>What node it is.</summary>
/// <param name="Version">Its name.</param>
/// <param name="APIVersion">The version of its methods, three bytes.</param>
/// <param name="BlockDelay">Seconds from an epoch to the next.</param>
/// <param name="Agent">Its name.</param>
public sealed record VersionView(string Version, uint APIVersion, ulong BlockDelay, string Agent);

/// <summary>How much a sender may pay in all for gas.</summary>
/// <param name="MaxFee">In attoFIL; 0 for the node's choice.</param>
public sealed record MessageSendSpec(AmountView MaxFee);

/// <summary>Reads and writes links.</summary>
internal sealed class CidLinkConverter : JsonConverter<CidLink>
{
    public override CidLink Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("/", out JsonElement text)
            && Cid.TryParse(text.GetString(), out Cid cid)
                ? new(cid)
                : throw new JsonException("a link is {\"/\": CID}");
    }

    public override void Write(
        Utf8JsonWriter writer, CidLink value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("/", value.Cid.ToString());
        writer.WriteEndObject();
    }
}

/// <summary>Reads and writes addresses.</summary>
internal sealed class AddressConverter : JsonConverter<AddressView>
{
    public override AddressView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Address.TryParse(reader.GetString(), out Address address)
            ? new(address)
            : throw new JsonException("no address");

    public override void Write(
        Utf8JsonWriter writer, AddressView value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"t{value.Address.ToString()[1..]}");
}

/// <summary>Reads and writes amounts.</summary>
internal sealed class AmountConverter : JsonConverter<AmountView>
{
    public override AmountView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        System.Numerics.BigInteger.TryParse(
            reader.GetString() is { Length: <= 100 } text ? text : "",
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out System.Numerics.BigInteger atto)
            ? new(TokenAmount.FromAtto(atto))
            : throw new JsonException("an amount is decimal digits in a string");

    public override void Write(
        Utf8JsonWriter writer, AmountView value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Amount.ToBigInteger().ToString(
            System.Globalization.CultureInfo.InvariantCulture));
}
