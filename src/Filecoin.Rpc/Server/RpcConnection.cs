using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Filecoin.Rpc;

/// <summary>A connection that takes notices, and what its caller wants to hear.</summary>
/// <remarks>
/// What happens is queued at once and told by whoever reads <see cref="Notices"/>; a reader that
/// is too slow loses the connection.
/// </remarks>
public sealed class RpcConnection : IDisposable
{
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, Subscription> subscriptions = [];
    private readonly Channel<Func<byte[]?>> notices;
    private readonly RpcNode node;

    /// <summary>A connection to a node.</summary>
    public RpcConnection(RpcNode node)
    {
        this.node = node;
        notices = Channel.CreateBounded<Func<byte[]?>>(new BoundedChannelOptions(
            node.Limits.NoticesMax)
        { SingleReader = true });
        node.Chain.HeadChanged += OnHead;
        node.Chain.Pool.Added += OnMessage;
    }

    /// <summary>
    /// Notices in order; each is made when it is called, and null if there is nothing to say.
    /// It ends when the reader was too slow.
    /// </summary>
    public ChannelReader<Func<byte[]?>> Notices => notices.Reader;

    /// <summary>Begins to tell of something.</summary>
    /// <param name="kind">newHeads, logs or newPendingTransactions.</param>
    /// <param name="filter">Which logs.</param>
    public string Subscribe(string kind, LogFilter? filter)
    {
        if (kind is not ("newHeads" or "logs" or "newPendingTransactions"))
        {
            throw RpcException.BadParameters($"no subscription '{kind}'");
        }

        if (subscriptions.Count >= node.Limits.SubscriptionsMax)
        {
            throw new RpcException(new RpcError(RpcError.LimitCode, "too many subscriptions"));
        }

        string id = Hex.OfBytes(RandomNumberGenerator.GetBytes(IdLength));
        subscriptions[id] = new(id, kind, filter);
        return id;
    }

    /// <summary>Ends a subscription; false if there is none.</summary>
    public bool Unsubscribe(string id) => subscriptions.TryRemove(id, out _);

    /// <summary>Ends all.</summary>
    public void Dispose()
    {
        node.Chain.HeadChanged -= OnHead;
        node.Chain.Pool.Added -= OnMessage;
        _ = notices.Writer.TryComplete();
    }

    private void OnHead(HeadChange change)
    {
        foreach (Subscription subscription in subscriptions.Values)
        {
            foreach (Tipset tipset in change.Applied)
            {
                if (subscription.Kind == "newHeads")
                {
                    Queue(() => Notice(subscription, BlockViews.Of(node, tipset, isFull: true)));
                }
                else if (subscription.Kind == "logs")
                {
                    QueueLogs(subscription, tipset);
                }
            }
        }
    }

    private void QueueLogs(Subscription subscription, Tipset tipset)
    {
        IReadOnlyList<LogView> logs = node.Logs.Of(tipset);
        foreach (LogView log in logs)
        {
            if (subscription.Filter is null || subscription.Filter.Matches(log))
            {
                Queue(() => Notice(subscription, log));
            }
        }
    }

    private void OnMessage(ChainMessage message)
    {
        foreach (Subscription subscription in subscriptions.Values)
        {
            if (subscription.Kind == "newPendingTransactions")
            {
                Queue(() => Notice(
                    subscription, TransactionViews.HashOf(message, node.Chain.Network)));
            }
        }
    }

    private void Queue(Func<byte[]?> notice)
    {
        if (!notices.Writer.TryWrite(notice))
        {
            _ = notices.Writer.TryComplete();
        }
    }

    private byte[]? Notice(Subscription subscription, object result) =>
        subscriptions.ContainsKey(subscription.Id)
            ? RpcJson.Notice("eth_subscription", subscription.Id, result)
            : null;

    private sealed record Subscription(string Id, string Kind, LogFilter? Filter);
}
