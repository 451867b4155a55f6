using System.Net.WebSockets;
using Filecoin.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Filecoin.Node;

/// <summary>Answers requests by HTTP, and begins conversations by WebSocket.</summary>
internal sealed class RpcApplication : IHttpApplication<HttpContext>
{
    private const string Bearer = "Bearer ";

    private static readonly object CallerKey = new();
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    private readonly RpcAnswering answering;
    private readonly WebSocketMiddleware sockets;
    private readonly CancellationToken ending;

    /// <summary>An application of a node.</summary>
    /// <param name="server">Its methods.</param>
    /// <param name="node">The node.</param>
    /// <param name="ending">Ends conversations, whatever the other side still says.</param>
    public RpcApplication(RpcServer server, RpcNode node, CancellationToken ending)
    {
        this.ending = ending;
        answering = new(server, node);
        sockets = new(
            Answer,
            Options.Create(new WebSocketOptions { KeepAliveTimeout = SilenceMax }),
            NullLoggerFactory.Instance);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) =>
        new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => sockets.Invoke(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private Task Answer(HttpContext context)
    {
        bool isSocket = context.WebSockets.IsWebSocketRequest;
        if (!isSocket && context.Request.Method != HttpMethods.Post)
        {
            return AnswerOther(context);
        }

        if (!answering.TryGrant(TokenOf(context.Request), out Permission granted))
        {
            return RefuseToken(context);
        }

        return isSocket ? Converse(context, granted) : AnswerPost(context, granted);
    }

    private async Task RefuseToken(HttpContext context)
    {
        AllowOrigins(context.Response);
        using AnswerBuffer answer = Refuse(
            context,
            StatusCodes.Status401Unauthorized,
            new(RpcError.GeneralCode, "the token is none of this node's"));
        await Send(context, answer).ConfigureAwait(false);
    }

    /// <remarks>Browsers give sockets no headers: the token may be in the address.</remarks>
    private static string? TokenOf(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : header ?? (string?)request.Query["token"];
    }

    private static Task AnswerOther(HttpContext context)
    {
        AllowOrigins(context.Response);
        bool isHealth = context.Request.Path.StartsWithSegments("/health");
        context.Response.StatusCode = context.Request.Method == HttpMethods.Options
            ? StatusCodes.Status204NoContent
            : isHealth
                ? StatusCodes.Status200OK
                : StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    private static void AllowOrigins(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlAllowHeaders = "*";
        response.Headers.AccessControlAllowMethods = "POST, OPTIONS";
    }

    private async Task AnswerPost(HttpContext context, Permission granted)
    {
        AllowOrigins(context.Response);
        try
        {
            using AnswerBuffer answer = await AnswerBody(context, granted)
                .ConfigureAwait(false);
            await Send(context, answer).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The other side has gone, or is too slow.
            context.Abort();
        }
    }

    private async Task<AnswerBuffer> AnswerBody(HttpContext context, Permission granted)
    {
        using RequestBytes request =
            answering.OpenRequest(context.Request.ContentLength ?? 0);
        try
        {
            await Read(context, request).ConfigureAwait(false);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException refusal)
        {
            RpcError error = refusal.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? RequestBytes.TooLong(answering.Node.Limits)
                : new(RpcError.InvalidRequestCode, refusal.Message);
            return Refuse(context, refusal.StatusCode, error);
        }

        return await answering.Answer(
            answering.ServerOf(context.Request.Path),
            CallerOf(context),
            request,
            new(answering.Node, null, granted)).ConfigureAwait(false);
    }

    private async Task Read(HttpContext context, RequestBytes request)
    {
        using CancellationTokenSource limit =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(answering.TimeOf(
            context.Request.ContentLength ?? answering.Node.Limits.BodyBytesMax));
        int read;
        do
        {
            read = await context.Request.Body.ReadAsync(request.Room(), limit.Token)
                .ConfigureAwait(false);
            await request.Add(read, frameBytes: 0, limit.Token).ConfigureAwait(false);
        }
        while (read > 0);
    }

    private async Task Send(HttpContext context, AnswerBuffer answer)
    {
        HttpResponse response = context.Response;
        if (answer.Length == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        using CancellationTokenSource limit = new(answering.TimeOf(answer.Length));
        using CancellationTokenRegistration end = limit.Token.Register(context.Abort);
        foreach (ReadOnlyMemory<byte> part in answer.Parts)
        {
            await response.Body.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>The same caller for all requests of a connection.</summary>
    private static RpcCaller CallerOf(HttpContext context)
    {
        IDictionary<object, object?> items =
            context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        if (items.TryGetValue(CallerKey, out object? known))
        {
            return (RpcCaller)known!;
        }

        RpcCaller caller = new();
        items[CallerKey] = caller;
        return caller;
    }

    private static AnswerBuffer Refuse(HttpContext context, int status, RpcError error)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close";
        return RpcServer.Refusal(error);
    }

    private async Task Converse(HttpContext context, Permission granted)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync()
            .ConfigureAwait(false);
        using SocketConversation conversation = new(
            answering, answering.ServerOf(context.Request.Path), socket, granted, context.Abort);
        await conversation.Run(context.RequestAborted, ending).ConfigureAwait(false);
    }
}
