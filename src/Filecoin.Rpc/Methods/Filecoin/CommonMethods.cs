using System.Globalization;

namespace Filecoin.Rpc;

/// <summary>What node it is, how far it is, and what it tells of.</summary>
/// <remarks>Spec: lotus api/api_common.go.</remarks>
public static class CommonMethods
{
    private const uint ApiVersion = 0x020300;
    private const int PeerKeyLength = 32;
    private const int SyncComplete = 5;

    /// <summary>What stands before an Ed25519 key in the name of a peer.</summary>
    private static ReadOnlySpan<byte> PeerHead => [0, 36, 8, 1, 18, 32];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("Filecoin.Version", Permission.Read, "What node it is.", Version),
        RpcMethod.Of("Filecoin.ID", Permission.Read, "Its name as a peer.", Id),
        RpcMethod.Of("Filecoin.Session", Permission.Read, "A name of this run of it.", Session),
        RpcMethod.Of("Filecoin.StartTime", Permission.Read, "When it began.", StartTime),
        RpcMethod.Of<object?>(
            "Filecoin.Shutdown", Permission.Admin, "Ends the node, with everything kept.",
            Shutdown),
        RpcMethod.Of("Filecoin.SyncState", Permission.Read, "How far it is.", SyncState),
        RpcMethod.Of<CidLink, string>(
            "Filecoin.SyncCheckBad", Permission.Read, "Why a block is bad: no block is.",
            CheckBad),
        RpcMethod.Of<bool, NodeStatusView>(
            "Filecoin.NodeStatus", Permission.Read, "How far it is, in short.", Status, 0),
        RpcMethod.Of(
            "Filecoin.ChainNotify", Permission.Read, "Opens a channel of the head's steps.",
            NotifyHeads),
        RpcMethod.Of(
            "Filecoin.MpoolSub", Permission.Read, "Opens a channel of messages that come.",
            NotifyMessages),
        RpcMethod.Of<JsonElement, object?>(
            "xrpc.cancel", Permission.Read, "Closes the channel that a request opened.", Cancel),
    ];

    private static VersionView Version(RpcCall call) => new(
        call.Node.ClientVersion, ApiVersion, call.Node.Chain.Network.EpochSeconds,
        call.Node.ClientVersion);

    /// <summary>The name of a peer that has this node's key.</summary>
    internal static string Id(RpcCall call) =>
        Base58.Encode([.. PeerHead, .. call.Node.InstanceId.Span[..PeerKeyLength]]);

    private static string Session(RpcCall call) =>
        $"{new Guid(call.Node.InstanceId.Span[..16])}";

    private static string StartTime(RpcCall call) =>
        call.Node.StartTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static object? Shutdown(RpcCall call)
    {
        call.Node.IsEndAsked = true;
        return null;
    }

    private static SyncStateView SyncState(RpcCall call)
    {
        Tipset head = call.Node.Chain.Head;
        TipsetView view = TipsetView.Of(head);
        string start = StartTime(call);
        return new(
            [new(0, view, view, SyncComplete, head.Epoch.Value, start, start, "")],
            0);
    }

    private static string CheckBad(RpcCall call, CidLink block) => "";

    private static NodeStatusView Status(RpcCall call, bool withChain) => new(
        new((ulong)call.Node.Chain.Head.Epoch.Value, 0),
        new(0, 0),
        withChain ? new(1, 1) : new(0, 0));

    private static ulong NotifyHeads(RpcCall call) => Connection(call).OpenChannel(
        call.RequestId, ChannelKind.Heads,
        new HeadChangeView[] { new("current", TipsetView.Of(call.Node.Chain.Head)) });

    private static ulong NotifyMessages(RpcCall call) =>
        Connection(call).OpenChannel(call.RequestId, ChannelKind.Messages, null);

    private static object? Cancel(RpcCall call, JsonElement request)
    {
        Connection(call).CloseChannel(request.GetRawText());
        return null;
    }

    private static RpcConnection Connection(RpcCall call) => call.Connection
        ?? throw new RpcException("channels need a connection by WebSocket");
}

/// <summary>What node it is.</summary>
/// <param name="Version">Its name.</param>
/// <param name="APIVersion">The version of its methods, three bytes.</param>
/// <param name="BlockDelay">Seconds from an epoch to the next.</param>
/// <param name="Agent">Its name.</param>
public sealed record VersionView(string Version, uint APIVersion, ulong BlockDelay, string Agent);

/// <summary>How far a node is.</summary>
/// <param name="ActiveSyncs">What it follows.</param>
/// <param name="Applied">Messages that it has run for that.</param>
public sealed record SyncStateView(
    IReadOnlyList<ActiveSyncView> ActiveSyncs,
    [property: JsonPropertyName("VMApplied")] ulong Applied);

/// <summary>What a node follows.</summary>
public sealed record ActiveSyncView(
    [property: JsonPropertyName("WorkerID")] ulong Worker,
    TipsetView Base,
    TipsetView Target,
    int Stage,
    long Height,
    string Start,
    string End,
    string Message);

/// <summary>How far a node is, in short.</summary>
public sealed record NodeStatusView(
    SyncStatusView SyncStatus, PeerStatusView PeerStatus, ChainStatusView ChainStatus);

/// <summary>The node's epoch, and how many it is behind.</summary>
public sealed record SyncStatusView(ulong Epoch, ulong Behind);

/// <summary>Peers that take messages and blocks.</summary>
public sealed record PeerStatusView(int PeersToPublishMsgs, int PeersToPublishBlocks);

/// <summary>Blocks of a tipset, on average.</summary>
public sealed record ChainStatusView(
    double BlocksPerTipsetLast100, double BlocksPerTipsetLastFinality);
