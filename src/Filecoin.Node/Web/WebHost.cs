using System.Net;
using System.Net.Sockets;
using Filecoin.Rpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Filecoin.Node;

/// <summary>Listens for requests by HTTP and WebSocket and has them answered.</summary>
/// <remarks>Any path is taken: clients use /, /rpc/v0 and /rpc/v1.</remarks>
public sealed class WebHost : IAsyncDisposable
{
    private const int ConnectionsMax = 1_000;

    /// <summary>Bytes a second, on average, of what comes.</summary>
    private const int RateMin = 10_000;

    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(10);

    private readonly KestrelServer kestrel;
    private readonly CancellationTokenSource ending;

    private WebHost(
        KestrelServer kestrel, CancellationTokenSource ending, IPEndPoint endpoint) =>
        (this.kestrel, this.ending, Endpoint) = (kestrel, ending, endpoint);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">
    /// The port is taken, or the address is not of this machine.
    /// </exception>
    public static async Task<WebHost> Start(
        RpcServer server, RpcNode node, IPEndPoint endpoint)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = node.Limits.BodyBytesMax;
        options.Limits.MaxConcurrentConnections = ConnectionsMax;
        options.Limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
        options.Limits.RequestHeadersTimeout = HeadersTime;
        options.Limits.MinRequestBodyDataRate = new(RateMin, GraceTime);

        // A connection measures itself who reads too slowly: what is sent at once goes unseen here.
        options.Limits.MinResponseDataRate = null;
        IPEndPoint? bound = null;
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            bound = listen.IPEndPoint;
        });
        KestrelServer kestrel = new(
            Options.Create(options),
            new ThreadedListener(),
            NullLoggerFactory.Instance);
        CancellationTokenSource ending = new();
        try
        {
            await kestrel.StartAsync(new RpcApplication(server, node, ending.Token), default)
                .ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            throw new IOException($"no listening on {endpoint}: {failure.Message}", failure);
        }

        return new(kestrel, ending, bound!.Port == 0 ? PortOf(kestrel, endpoint) : bound);
    }

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(StopTime);
        await ending.CancelAsync().ConfigureAwait(false);
        await kestrel.StopAsync(limit.Token).ConfigureAwait(false);
        kestrel.Dispose();
        ending.Dispose();
    }

    private static IPEndPoint PortOf(KestrelServer kestrel, IPEndPoint endpoint)
    {
        foreach (string address in
            kestrel.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features
                .IServerAddressesFeature>()!.Addresses)
        {
            return new(endpoint.Address, new Uri(address).Port);
        }

        return endpoint;
    }
}
