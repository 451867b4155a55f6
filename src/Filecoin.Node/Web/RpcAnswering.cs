using Filecoin.Rpc;
using Microsoft.AspNetCore.Http;

namespace Filecoin.Node;

/// <summary>Has requests answered, off the threads that read and write.</summary>
internal sealed class RpcAnswering(RpcServer server, RpcNode node)
{
    /// <summary>Bytes a second that whoever is slow must manage beyond the time for each.</summary>
    private const int SlowBytes = 100_000;

    private readonly RpcServer old = new(MethodTable.Old(server.Table), server.Limits);
    private readonly ByteBudget reading = new(node.Limits.ReadingBytesMax);

    /// <summary>The node.</summary>
    public RpcNode Node => node;

    private readonly ByteRate rate = new(node.Limits.ReadingBytesASecond);

    /// <summary>A request to be read.</summary>
    /// <param name="announced">Bytes that it says it has; 0 if it does not say.</param>
    public RequestBytes OpenRequest(long announced = 0) =>
        new(node.Limits, reading, rate) { Announced = announced };

    /// <summary>How long so many bytes may take to come or to go.</summary>
    public TimeSpan TimeOf(long bytes) => TimeSpan.FromSeconds(
        node.Limits.TransferSecondsMax + ((double)bytes / SlowBytes));

    /// <summary>What a caller may do; false if its token is none.</summary>
    /// <param name="token">The token; null without one, which lets it read.</param>
    /// <param name="granted">The most that it may do.</param>
    public bool TryGrant(string? token, out Permission granted)
    {
        granted = node.Granted;
        if (node.Tokens is not CallerTokens tokens)
        {
            return true;
        }

        Permission own = Permission.Read;
        bool isKnown = token is null || tokens.TryVerify(token, out own);
        granted = own < node.Granted ? own : node.Granted;
        return isKnown;
    }

    /// <summary>The methods under a path, of lotus' first or second version.</summary>
    public RpcServer ServerOf(PathString path) =>
        path.StartsWithSegments("/rpc/v0") ? old : server;

    /// <summary>The answer to a request, when it is its turn.</summary>
    public async Task<AnswerBuffer> Answer(
        RpcServer methods, RpcCaller caller, RequestBytes request, RpcCall call)
    {
        try
        {
            ReadOnlyMemory<byte> read = request.Read;
            return await node.Turns.Run(caller, () => methods.Answer(read, call))
                .ConfigureAwait(false);
        }
        catch (RpcException refusal)
        {
            return RpcServer.Refusal(refusal.Error);
        }
    }
}
