namespace Filecoin.Rpc;

/// <summary>Peers of a node that has none: it is on its own.</summary>
/// <remarks>
/// Spec: lotus api/api_net.go, node/impl/net. Nothing comes or goes between peers, so that all
/// counts are zero; what would connect, protect or block a peer is not here.
/// </remarks>
public static class NetMethods
{
    private const int NotConnected = 0;
    private const int ReachabilityUnknown = 0;

    private static readonly NetScopeView Idle = new(0, 0, 0, 0, 0, 0);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<IReadOnlyList<PeerView>>(
            "Filecoin.NetPeers", Permission.Read, "Its peers: none.", static _ => []),
        RpcMethod.Of<PeerView>(
            "Filecoin.NetAddrsListen", Permission.Read, "Where peers find it: nowhere.",
            static call => new(CommonMethods.Id(call), [])),
        RpcMethod.Of<string, long>(
            "Filecoin.NetConnectedness", Permission.Read,
            "Whether it is connected with a peer: it is not.", static (call, peer) => NotConnected),
        RpcMethod.Of<string, PeerInfoView>(
            "Filecoin.NetPeerInfo", Permission.Read, "What it knows of a peer: its name.",
            static (call, peer) => new(peer, "", null, null, null)),
        RpcMethod.Of<string, PeerView>(
            "Filecoin.NetFindPeer", Permission.Read, "Looks for a peer: there is none.",
            static (call, peer) => throw new RpcException($"routing: not found: {peer}")),
        RpcMethod.Of<string, string>(
            "Filecoin.NetAgentVersion", Permission.Read, "What a peer calls itself.",
            static (call, peer) => throw new RpcException($"item not found: no peer {peer}")),
        RpcMethod.Of<NatView>(
            "Filecoin.NetAutoNatStatus", Permission.Read, "Whether peers can reach it: unknown.",
            static _ => new(ReachabilityUnknown, null)),
        RpcMethod.Of<IReadOnlyList<object>>(
            "Filecoin.NetPubsubScores", Permission.Read, "What it thinks of peers: no peers.",
            static _ => []),
        RpcMethod.Of<BandwidthView>(
            "Filecoin.NetBandwidthStats", Permission.Read, "Bytes from and to peers: none.",
            static _ => new(0, 0, 0, 0)),
        RpcMethod.Of<IReadOnlyDictionary<string, BandwidthView>>(
            "Filecoin.NetBandwidthStatsByPeer", Permission.Read, "The same by peer.",
            static _ => new Dictionary<string, BandwidthView>()),
        RpcMethod.Of<IReadOnlyDictionary<string, BandwidthView>>(
            "Filecoin.NetBandwidthStatsByProtocol", Permission.Read, "The same by protocol.",
            static _ => new Dictionary<string, BandwidthView>()),
        RpcMethod.Of<string, NetStatView>(
            "Filecoin.NetStat", Permission.Read, "What connections with peers take: nothing.",
            Stat),
        RpcMethod.Of<NetBlockListView>(
            "Filecoin.NetBlockList", Permission.Read, "Peers that it refuses: none.",
            static _ => new([], null, null)),
        RpcMethod.Of<IReadOnlyList<string>?>(
            "Filecoin.NetProtectList", Permission.Read, "Peers that it keeps: none.",
            static _ => null),
    ];

    private static NetStatView Stat(RpcCall call, string scope) => scope switch
    {
        "all" => new(Idle, Idle),
        "system" => new(Idle, null),
        "transient" => new(null, Idle),
        _ => throw new RpcException($"invalid scope {scope}"),
    };
}

/// <summary>A peer.</summary>
public sealed record PeerView(
    [property: JsonPropertyName("ID")] string Id, IReadOnlyList<string> Addrs);

/// <summary>What is known of a peer.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Agent">What it calls itself.</param>
/// <param name="Addrs">Where it is.</param>
/// <param name="Protocols">What it speaks.</param>
/// <param name="ConnMgrMeta">Since when it is connected.</param>
public sealed record PeerInfoView(
    [property: JsonPropertyName("ID")] string Id,
    string Agent,
    IReadOnlyList<string>? Addrs,
    IReadOnlyList<string>? Protocols,
    object? ConnMgrMeta);

/// <summary>Whether peers can reach the node.</summary>
/// <param name="Reachability">0 for unknown.</param>
/// <param name="PublicAddrs">Where.</param>
public sealed record NatView(int Reachability, IReadOnlyList<string>? PublicAddrs);

/// <summary>Bytes, and bytes a second.</summary>
public sealed record BandwidthView(long TotalIn, long TotalOut, double RateIn, double RateOut);

/// <summary>What connections take.</summary>
public sealed record NetScopeView(
    int NumStreamsInbound,
    int NumStreamsOutbound,
    int NumConnsInbound,
    int NumConnsOutbound,
    [property: JsonPropertyName("NumFD")] int FileCount,
    long Memory);

/// <summary>What connections take, of those scopes that were asked for.</summary>
public sealed record NetStatView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NetScopeView? System,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    NetScopeView? Transient);

/// <summary>Whom a node refuses.</summary>
public sealed record NetBlockListView(
    IReadOnlyList<string> Peers,
    [property: JsonPropertyName("IPAddrs")] IReadOnlyList<string>? Addresses,
    [property: JsonPropertyName("IPSubnets")] IReadOnlyList<string>? Subnets);
