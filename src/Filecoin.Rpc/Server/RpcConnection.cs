using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Filecoin.Rpc;

/// <summary>A connection that takes notices, and what its caller wants to hear.</summary>
/// <remarks>
/// What happens is queued at once, once for all subscriptions, and told by whoever reads
/// <see cref="Notices"/>: who makes blocks has no work with those who hear of them. A reader that
/// is too slow loses the connection.
/// </remarks>
public sealed class RpcConnection : IDisposable
{
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, Subscription> subscriptions = [];
    private readonly ConcurrentDictionary<ulong, RpcChannel> channels = [];
    private readonly Channel<Func<IEnumerable<byte[]>>> notices;
    private readonly RpcNode node;
    private ulong channelCount;
    private long eventCount;

    /// <summary>A connection to a node.</summary>
    public RpcConnection(RpcNode node)
    {
        this.node = node;
        notices = Channel.CreateBounded<Func<IEnumerable<byte[]>>>(new BoundedChannelOptions(
            node.Limits.NoticesMax)
        { SingleReader = true });
        node.Chain.HeadChanged += OnHead;
        node.Chain.Pool.Added += OnMessage;
    }

    /// <summary>
    /// What happened, in order; the notices of it are made when it is called. It ends when the
    /// reader was too slow.
    /// </summary>
    public ChannelReader<Func<IEnumerable<byte[]>>> Notices => notices.Reader;

    /// <summary>Begins to tell of something.</summary>
    /// <param name="kind">newHeads, logs or newPendingTransactions.</param>
    /// <param name="options">Which logs, or how much of transactions.</param>
    public string Subscribe(string kind, SubscriptionOptions? options)
    {
        if (kind is not ("newHeads" or "logs" or "newPendingTransactions"))
        {
            throw RpcException.BadParameters($"no subscription '{kind}'");
        }

        if (kind == "logs" && options is { Logs: null })
        {
            throw RpcException.BadParameters("logs are asked for by a filter, not true or false");
        }

        if (subscriptions.Count >= node.Limits.SubscriptionsMax)
        {
            throw new RpcException(new RpcError(RpcError.LimitCode, "too many subscriptions"));
        }

        string id = Hex.OfBytes(RandomNumberGenerator.GetBytes(IdLength));
        subscriptions[id] = new(
            id, kind, options?.Logs, options?.IsFull ?? false, Interlocked.Read(ref eventCount));
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

        RpcChannel channel = new(
            Interlocked.Increment(ref channelCount), request, kind, QueueOne);
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
        Queue(time => NoticesOf(change, time));
    }

    private IEnumerable<byte[]> NoticesOf(HeadChange change, long time)
    {
        foreach (Tipset tipset in change.Reverted)
        {
            foreach (Subscription subscription in Since("logs", time))
            {
                foreach (byte[] notice in LogNotices(subscription, node.Logs.RemovedOf(tipset)))
                {
                    yield return notice;
                }
            }
        }

        foreach (Tipset tipset in change.Applied)
        {
            foreach (Subscription subscription in Since("newHeads", time))
            {
                yield return RpcJson.Notice(subscription.Id, node.TextOf(tipset));
            }

            foreach (Subscription subscription in Since("logs", time))
            {
                foreach (byte[] notice in LogNotices(subscription, node.Logs.Of(tipset)))
                {
                    yield return notice;
                }
            }
        }
    }

    private static IEnumerable<byte[]> LogNotices(
        Subscription subscription, IEnumerable<LogView> logs)
    {
        foreach (LogView log in logs)
        {
            if (subscription.Filter is null || subscription.Filter.Matches(log))
            {
                yield return RpcJson.Notice(subscription.Id, RpcJson.TextOf(log));
            }
        }
    }

    /// <summary>Subscriptions that had begun when something happened.</summary>
    private IEnumerable<Subscription> Since(string kind, long time) =>
        subscriptions.Values.Where(one => one.Kind == kind && one.Since < time);

    private void OnMessage(ChainMessage message)
    {
        TellChannels(
            ChannelKind.Messages, message, static message => PoolUpdateView.Added(message));
        Queue(time => NoticesOf(message, time));
    }

    private IEnumerable<byte[]> NoticesOf(ChainMessage message, long time)
    {
        byte[]? hash = null;
        byte[]? whole = null;
        foreach (Subscription subscription in Since("newPendingTransactions", time))
        {
            yield return RpcJson.Notice(subscription.Id, subscription.IsFull
                ? whole ??= RpcJson.TextOf(TransactionViews.Of(
                    message, node.Chain.Network, node.StateAfter(node.Chain.Head)))
                : hash ??= RpcJson.TextOf(TransactionViews.HashOf(message, node.Chain.Network)));
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

    private void Queue(Func<long, IEnumerable<byte[]>> notices)
    {
        long time = Interlocked.Increment(ref eventCount);
        if (!subscriptions.IsEmpty)
        {
            Put(() => notices(time));
        }
    }

    private void QueueOne(Func<byte[]> notice) => Put(() => [notice()]);

    private void Put(Func<IEnumerable<byte[]>> told)
    {
        if (!notices.Writer.TryWrite(told))
        {
            _ = notices.Writer.TryComplete();
        }
    }

    /// <param name="Id">What notices name it by.</param>
    /// <param name="Kind">What it is told of.</param>
    /// <param name="Filter">Of which logs; null for all.</param>
    /// <param name="IsFull">Whether transactions are told whole.</param>
    /// <param name="Since">How much had happened when it began.</param>
    private sealed record Subscription(
        string Id, string Kind, LogFilter? Filter, bool IsFull, long Since);
}
