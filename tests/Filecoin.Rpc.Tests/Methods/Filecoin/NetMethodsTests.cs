namespace Filecoin.Rpc.Tests.Methods;

public sealed class NetMethodsTests
{
    private readonly RpcNetwork network = new();

    [Theory]
    [InlineData("NetPeers", "[]")]
    [InlineData("NetPubsubScores", "[]")]
    [InlineData("NetBlockList", """{"Peers":[],"IPAddrs":null,"IPSubnets":null}""")]
    [InlineData("NetProtectList", "")]
    [InlineData("NetAutoNatStatus", """{"Reachability":0,"PublicAddrs":null}""")]
    [InlineData(
        "NetBandwidthStats", """{"TotalIn":0,"TotalOut":0,"RateIn":0,"RateOut":0}""")]
    [InlineData("NetBandwidthStatsByPeer", "{}")]
    [InlineData("NetBandwidthStatsByProtocol", "{}")]
    public void A_node_on_its_own_has_no_peers_and_no_traffic(string method, string expected) =>
        Assert.Equal(expected, $"{network.Call($"Filecoin.{method}")}");

    [Fact]
    public void Nothing_is_known_of_another_peer_but_its_name()
    {
        const string Peer = "12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf";

        Assert.Equal(
            $$"""{"ID":"{{Peer}}","Agent":"","Addrs":null,"Protocols":null,"ConnMgrMeta":null}""",
            $"{network.Call("Filecoin.NetPeerInfo", Peer)}");
        Assert.Equal(0, network.Call("Filecoin.NetConnectedness", Peer).GetInt32());
        Assert.Contains("not found", Error("Filecoin.NetFindPeer", Peer));
        Assert.Contains("not found", Error("Filecoin.NetAgentVersion", Peer));
    }

    [Fact]
    public void Connections_take_nothing_in_each_scope_there_is()
    {
        const string Idle = """{"NumStreamsInbound":0,"NumStreamsOutbound":0,"""
            + "\"NumConnsInbound\":0,\"NumConnsOutbound\":0,\"NumFD\":0,\"Memory\":0}";

        Assert.Equal(
            $$"""{"System":{{Idle}},"Transient":{{Idle}}}""",
            $"{network.Call("Filecoin.NetStat", "all")}");
        Assert.Equal(
            $$"""{"Transient":{{Idle}}}""", $"{network.Call("Filecoin.NetStat", "transient")}");
        Assert.Equal("invalid scope peers", Error("Filecoin.NetStat", "peers"));
    }

    [Theory]
    [InlineData("F3IsRunning")]
    [InlineData("F3GetProgress")]
    [InlineData("F3GetManifest")]
    [InlineData("F3GetLatestCertificate")]
    [InlineData("F3GetCertificate", 3)]
    [InlineData("F3GetECPowerTable", null)]
    [InlineData("F3GetF3PowerTable", null)]
    [InlineData("F3GetPowerTableByInstance", 3)]
    [InlineData("F3ListParticipants")]
    public void Fast_finality_is_said_to_be_off_by_the_code_that_clients_know(
        string method, params object?[] parameters)
    {
        JsonElement error = network.Fail($"Filecoin.{method}", parameters ?? [null]);

        Assert.Equal(4, error.GetProperty("code").GetInt32());
        Assert.Equal("f3 is disabled", error.GetProperty("message").GetString());
    }

    [Fact]
    public void The_level_debug_has_calls_printed_and_any_other_has_not()
    {
        string system = network.Call("Filecoin.LogList")[0].GetString()!;

        _ = network.Call("Filecoin.LogSetLevel", system, "DEBUG");
        Assert.True(network.Node.IsLogging);
        _ = network.Call("Filecoin.LogSetLevel", "*", "info");
        Assert.False(network.Node.IsLogging);

        Assert.Contains("unrecognized level: \"loud\"", Error(
            "Filecoin.LogSetLevel", system, "loud"));
        Assert.Contains("No such logger", Error("Filecoin.LogSetLevel", "chain", "debug"));
        Assert.Equal("[]", $"{network.Call("Filecoin.LogAlerts")}");
    }

    [Fact]
    public void A_node_ends_when_its_owner_asks_for_that()
    {
        Assert.False(network.Node.IsEndAsked);

        _ = network.Call("Filecoin.Shutdown");

        Assert.True(network.Node.IsEndAsked);
    }

    private string Error(string method, params object?[] parameters) =>
        network.Fail(method, parameters).GetProperty("message").GetString()!;
}
