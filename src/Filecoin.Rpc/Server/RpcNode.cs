namespace Filecoin.Rpc;

/// <summary>What methods work on: a chain, who makes its blocks, keys and filters.</summary>
public sealed class RpcNode
{
    private const int KeptMax = 64;

    private readonly Dictionary<Cid, IReadOnlyList<ChainMessage>> messages = [];

    private readonly Action<string>? log;

    private Tuple<Cid, byte[]>? lastText;

    private bool isEndAsked;

    /// <summary>A node.</summary>
    public RpcNode(RpcNodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Chain, Producer, Limits) = (options.Chain, options.Producer, options.Limits);
        Wallet = options.Wallet;
        StartTime = DateTimeOffset.FromUnixTimeSeconds((long)options.Clock());
        (Keys, ClientVersion, Clock) = (options.Keys, options.ClientVersion, options.Clock);
        Granted = options.Granted;
        (Tokens, log) = (options.Tokens, options.Log);
        (Waiting, Turns) = (new(Limits.WaitsMax), new(Limits));
        SendingBytes = new(Limits.SendingBytesMax);
        Blocks = new(this);
        Logs = new(this);
        Calls = new(this);
        Fees = new(this);
        Sending = new(this);
        Filters = new(this);
        (BlockTraces, Tracing) = (new(this), new(this));
    }

    /// <summary>The chain.</summary>
    public Blockchain Chain { get; }

    /// <summary>Who makes its blocks.</summary>
    public BlockProducer Producer { get; }

    /// <summary>What a caller may ask for at once.</summary>
    public RpcLimits Limits { get; }

    /// <summary>Keys that the node signs with.</summary>
    public KeyRing Keys { get; }

    /// <summary>Keys that it signs the network's own messages with.</summary>
    public Wallet Wallet { get; }

    /// <summary>What the node calls itself.</summary>
    public string ClientVersion { get; }

    /// <summary>The most that any caller may do.</summary>
    public Permission Granted { get; }

    /// <summary>Tokens that callers show; null where nobody needs one.</summary>
    public CallerTokens? Tokens { get; }

    /// <summary>Whether a caller has asked that the node ends.</summary>
    public bool IsEndAsked
    {
        get => Volatile.Read(ref isEndAsked);
        internal set => Volatile.Write(ref isEndAsked, value);
    }

    /// <summary>When the node began.</summary>
    internal DateTimeOffset StartTime { get; }

    /// <summary>Seconds since 1970, whatever the chain's clock was put ahead.</summary>
    internal Func<ulong> Clock { get; }

    /// <summary>Whether each call's method is printed.</summary>
    internal bool IsLogging { get; set; }

    /// <summary>32 bytes that no other run of a node has.</summary>
    internal ReadOnlyMemory<byte> InstanceId { get; } =
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    /// <summary>Turns that requests take.</summary>
    public RequestTurns Turns { get; }

    /// <summary>Bytes of all answers.</summary>
    internal ByteBudget SendingBytes { get; }

    internal WaitingCalls Waiting { get; }

    internal BlockSelection Blocks { get; }

    internal LogIndex Logs { get; }

    internal EthereumCalls Calls { get; }

    internal GasFees Fees { get; }

    internal TransactionSending Sending { get; }

    internal FilterSet Filters { get; }

    internal BlockTraces BlockTraces { get; }

    internal Tracing Tracing { get; }

    internal PaymentChannels Channels { get; } = new();

    internal ProtocolLine Line => NetworkConfig.LineOf(Chain.Network.Version);

    /// <summary>Prints a call's method, if somebody asked for that.</summary>
    internal void Log(string method)
    {
        if (IsLogging)
        {
            log?.Invoke(method);
        }
    }

    /// <summary>The nonce that an address is at when all that waits has run.</summary>
    /// <remarks>
    /// A contract's nonce counts what it made, which is in its own state; what it sent, which
    /// only an impersonated one does, its actor counts.
    /// </remarks>
    internal ulong PendingNonceOf(Address address) =>
        Chain.Pool.NextNonce(address) + StateAfter(Chain.Head).MadeBy(address);

    /// <summary>Takes nobody at their word any longer.</summary>
    internal void StopImpersonating()
    {
        foreach (Address address in Keys.StopImpersonating())
        {
            Chain.Pool.Impersonate(address, false);
        }
    }

    /// <summary>The messages of a tipset that ran; those asked for of late are kept.</summary>
    internal IReadOnlyList<ChainMessage> MessagesOf(Tipset tipset)
    {
        if (tipset.Epoch.Value == 0)
        {
            return [];
        }

        lock (messages)
        {
            if (messages.TryGetValue(tipset.KeyCid, out IReadOnlyList<ChainMessage>? known))
            {
                return known;
            }
        }

        IReadOnlyList<ChainMessage> loaded = Chain.Store.LoadMessages(tipset);
        lock (messages)
        {
            if (messages.Count >= KeptMax)
            {
                messages.Clear();
            }

            messages[tipset.KeyCid] = loaded;
        }

        return loaded;
    }

    /// <summary>The text of a tipset's block, which many are told of at once.</summary>
    internal byte[] TextOf(Tipset tipset)
    {
        Tuple<Cid, byte[]>? known = Volatile.Read(ref lastText);
        if (known?.Item1 != tipset.KeyCid)
        {
            known = new(
                tipset.KeyCid, RpcJson.TextOf(BlockViews.Of(this, tipset, isFull: true)));
            Volatile.Write(ref lastText, known);
        }

        return known.Item2;
    }

    /// <summary>The state that a tipset led to.</summary>
    internal ActorView StateAfter(Tipset tipset) =>
        new(Chain.Store.Blocks, Chain.ContextAfter(tipset).StateRoot, Line);
}

/// <summary>What a node is made of.</summary>
public sealed record RpcNodeOptions
{
    /// <summary>The chain.</summary>
    public required Blockchain Chain { get; init; }

    /// <summary>Who makes its blocks.</summary>
    public required BlockProducer Producer { get; init; }

    /// <summary>The clock that the producer was given.</summary>
    public required Func<ulong> Clock { get; init; }

    /// <summary>What a caller may ask for at once.</summary>
    public RpcLimits Limits { get; init; } = new();

    /// <summary>Keys that the node signs with.</summary>
    public KeyRing Keys { get; init; } = new([]);

    /// <summary>The most that any caller may do; a node that only reads grants that.</summary>
    public Permission Granted { get; init; } = Permission.Admin;

    /// <summary>
    /// Tokens that callers show, who may only read without; null where nobody needs one.
    /// </summary>
    public CallerTokens? Tokens { get; init; }

    /// <summary>Where methods that were called are printed.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Keys that it signs the network's own messages with.</summary>
    public Wallet Wallet { get; init; } = new([]);

    /// <summary>What nodes call themselves, so that tools take them for one they know.</summary>
    public const string Product = "anvil/v1.0.0-fvm.net";

    /// <summary>What the node calls itself.</summary>
    public string ClientVersion { get; init; } = Product;
}
