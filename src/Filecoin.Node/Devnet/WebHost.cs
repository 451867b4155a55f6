using System.Net;
using System.Net.WebSockets;
using Filecoin.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Filecoin.Node;

/// <summary>Listens for requests by HTTP and WebSocket and has them answered.</summary>
/// <remarks>Any path is taken: clients use /, /rpc/v0 and /rpc/v1.</remarks>
public sealed class WebHost : IAsyncDisposable
{
    private const int ConnectionsMax = 1_000;
    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(500);

    private readonly KestrelServer kestrel;
    private readonly Application application;

    private WebHost(KestrelServer kestrel, Application application, IPEndPoint endpoint) =>
        (this.kestrel, this.application, Endpoint) = (kestrel, application, endpoint);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WebHost> Start(
        RpcServer server, RpcNode node, IPEndPoint endpoint)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = node.Limits.BodyBytesMax;
        options.Limits.MaxConcurrentConnections = ConnectionsMax;
        options.Limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
        IPEndPoint? bound = null;
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            bound = listen.IPEndPoint;
        });
        KestrelServer kestrel = new(
            Options.Create(options),
            new SocketTransportFactory(
                // Nothing here keeps a thread that reads or writes: machines have their own.
                Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = true }),
                NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        Application application = new(server, node);
        await kestrel.StartAsync(application, default).ConfigureAwait(false);
        return new(
            kestrel, application, bound!.Port == 0 ? PortOf(kestrel, endpoint) : bound);
    }

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(StopTime);
        await kestrel.StopAsync(limit.Token).ConfigureAwait(false);
        kestrel.Dispose();
        application.Dispose();
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

    private sealed class Application : IHttpApplication<HttpContext>, IDisposable
    {
        private const int ReadMax = 64 << 10;

        private readonly RpcServer server;
        private readonly RpcServer old;
        private readonly RpcNode node;
        private readonly WebSocketMiddleware sockets;
        private readonly SemaphoreSlim free;

        public Application(RpcServer server, RpcNode node)
        {
            (this.server, this.node) = (server, node);
            old = new(MethodTable.Old(server.Table), server.Limits);
            free = new(node.Limits.AtOnceMax);
            sockets = new(
                Answer, Options.Create(new WebSocketOptions()), NullLoggerFactory.Instance);
        }

        public HttpContext CreateContext(IFeatureCollection contextFeatures) =>
            new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => sockets.Invoke(context);

        public void Dispose() => free.Dispose();

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        private Task Answer(HttpContext context) => context.WebSockets.IsWebSocketRequest
            ? Converse(context)
            : AnswerHttp(context);

        private async Task AnswerHttp(HttpContext context)
        {
            HttpResponse response = context.Response;
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers.AccessControlAllowHeaders = "*";
            response.Headers.AccessControlAllowMethods = "POST, OPTIONS";
            if (context.Request.Method == HttpMethods.Options)
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            if (context.Request.Method != HttpMethods.Post)
            {
                bool isHealth = context.Request.Path.StartsWithSegments("/health");
                response.StatusCode = isHealth
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status405MethodNotAllowed;
                return;
            }

            ReadOnlyMemory<byte> request;
            try
            {
                request = await ReadBody(context.Request).ConfigureAwait(false);
            }
            catch (Microsoft.AspNetCore.Http.BadHttpRequestException refusal)
            {
                response.StatusCode = refusal.StatusCode;
                return;
            }

            ReadOnlyMemory<byte> answer = await Answer(
                ServerOf(context), request, new(node, null, node.Granted)).ConfigureAwait(false);
            response.ContentType = "application/json";
            response.ContentLength = answer.Length;
            await response.Body.WriteAsync(answer, context.RequestAborted).ConfigureAwait(false);
        }

        private RpcServer ServerOf(HttpContext context) =>
            context.Request.Path.StartsWithSegments("/rpc/v0") ? old : server;

        /// <summary>
        /// Has a request answered where machines run, off the threads that read and write.
        /// </summary>
        private async Task<ReadOnlyMemory<byte>> Answer(
            RpcServer methods, ReadOnlyMemory<byte> request, RpcCall call)
        {
            await free.WaitAsync().ConfigureAwait(false);
            try
            {
                return await ExecutorThread.Start(() => methods.Answer(request, call))
                    .ConfigureAwait(false);
            }
            finally
            {
                _ = free.Release();
            }
        }

        private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted)
                .ConfigureAwait(false);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }

        private async Task Converse(HttpContext context)
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync()
                .ConfigureAwait(false);
            using RpcConnection connection = new(node);
            using SemaphoreSlim writing = new(1);
            using CancellationTokenSource end =
                CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            Task telling = Tell(socket, connection, writing, end.Token);
            try
            {
                await Listen(ServerOf(context), socket, connection, writing, end.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is WebSocketException
                or OperationCanceledException or IOException)
            {
                // The other side has gone, or the network ends.
            }

            await end.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(false);
        }

        private async Task Listen(
            RpcServer methods,
            WebSocket socket,
            RpcConnection connection,
            SemaphoreSlim writing,
            CancellationToken end)
        {
            byte[] part = new byte[ReadMax];
            using MemoryStream request = new();
            while (socket.State == WebSocketState.Open)
            {
                ValueWebSocketReceiveResult read =
                    await socket.ReceiveAsync(part.AsMemory(), end).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(
                        WebSocketCloseStatus.NormalClosure, null, end).ConfigureAwait(false);
                    return;
                }

                request.Write(part.AsSpan(0, read.Count));
                if (request.Length > node.Limits.BodyBytesMax)
                {
                    await socket.CloseOutputAsync(
                        WebSocketCloseStatus.MessageTooBig, null, end).ConfigureAwait(false);
                    return;
                }

                if (!read.EndOfMessage)
                {
                    continue;
                }

                byte[] whole = request.ToArray();
                request.SetLength(0);
                ReadOnlyMemory<byte> answer = await Answer(
                    methods, whole, new(node, connection, node.Granted)).ConfigureAwait(false);
                if (!answer.IsEmpty)
                {
                    await Send(socket, answer, writing, end).ConfigureAwait(false);
                    connection.AnswerSent();
                }
            }
        }

        private static async Task Tell(
            WebSocket socket,
            RpcConnection connection,
            SemaphoreSlim writing,
            CancellationToken end)
        {
            try
            {
                await foreach (Func<byte[]?> notice in
                    connection.Notices.ReadAllAsync(end).ConfigureAwait(false))
                {
                    if (notice() is byte[] text)
                    {
                        await Send(socket, text, writing, end).ConfigureAwait(false);
                    }
                }

                socket.Abort();
            }
            catch (Exception failure) when (failure is WebSocketException
                or OperationCanceledException or IOException)
            {
                // The other side has gone, or the network ends.
            }
        }

        private static async Task Send(
            WebSocket socket,
            ReadOnlyMemory<byte> text,
            SemaphoreSlim writing,
            CancellationToken end)
        {
            await writing.WaitAsync(end).ConfigureAwait(false);
            try
            {
                await socket.SendAsync(text, WebSocketMessageType.Text, true, end)
                    .ConfigureAwait(false);
            }
            finally
            {
                _ = writing.Release();
            }
        }
    }
}
