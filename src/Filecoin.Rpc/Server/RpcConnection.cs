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
    private readonly ConcurrentDictionary<ulong, RpcChannel> channels = [];
    private readonly Channel<Func<byte[]?>> notices;
    private readonly RpcNode node;
    private ulong channelCount;

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

    /// <summary>
    /// Opens a channel, as go-jsonrpc has them; its values are told when its number was.
    /// </summary>
    /// <param name="request">What the request that opens it is named by.</param>
    /// <param name="kind">What it tells of.</param>
    /// <param name="first">Its first value; null for none.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="RpcException">There are too many.</exception>
    public ulong OpenChannel(string? request, ChannelKind kind, object? first)
    {
        if (channels.Count >= node.Limits.SubscriptionsMax)
        {
            throw new RpcException(new RpcError(RpcError.LimitCode, "too many channels"));
        }

        RpcChannel channel = new(Interlocked.Increment(ref channelCount), request, kind, Queue);
        if (first is not null)
        {
            channel.Tell(first);
        }

        channels[channel.Number] = channel;
        return channel.Number;
    }

    /// <summary>Closes the channel that a request opened.</summary>
    public void CloseChannel(string request)
    {
        foreach (RpcChannel channel in channels.Values)
        {
            if (channel.Request == request && channels.TryRemove(channel.Number, out _))
            {
                channel.Close();
            }
        }
    }

    /// <summary>An answer was sent: channels whose number it gave may tell now.</summary>
    public void AnswerSent()
    {
        foreach (RpcChannel channel in channels.Values)
        {
            channel.Release();
        }
    }

    /// <summary>Ends all.</summary>
    public void Dispose()
    {
        node.Chain.HeadChanged -= OnHead;
        node.Chain.Pool.Added -= OnMessage;
        _ = notices.Writer.TryComplete();
    }

    private void OnHead(HeadChange change)
    {
        TellChannels(ChannelKind.Heads, change, static change => HeadChangeView.Of(change));
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
        TellChannels(
            ChannelKind.Messages, message, static message => PoolUpdateView.Added(message));
        foreach (Subscription subscription in subscriptions.Values)
        {
            if (subscription.Kind == "newPendingTransactions")
            {
                Queue(() => Notice(
                    subscription, TransactionViews.HashOf(message, node.Chain.Network)));
            }
        }
    }

    private void TellChannels<T>(ChannelKind kind, T happened, Func<T, object> view)
    {
        object? value = null;
        foreach (RpcChannel channel in channels.Values)
        {
            if (channel.Kind == kind)
            {
                channel.Tell(value ??= view(happened));
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
