using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Filecoin.Rpc;

/// <summary>Filters that callers ask again and again.</summary>
/// <remarks>Spec: eth-compat 7.4.</remarks>
internal sealed class FilterSet
{
    private const int IdLength = 32;
    private const int QueueMax = 100_000;
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Filter> filters = [];
    private readonly RpcNode node;

    public FilterSet(RpcNode node)
    {
        this.node = node;
        node.Chain.HeadChanged += OnHead;
        node.Chain.Pool.Added += OnMessage;
    }

    private enum Kind
    {
        Logs,
        Blocks,
        Pending,
    }

    public string AddLogs(LogFilter filter) => Add(Kind.Logs, filter);

    public string AddBlocks() => Add(Kind.Blocks, null);

    public string AddPending() => Add(Kind.Pending, null);

    public bool Remove(string id) => filters.TryRemove(id, out _);

    /// <summary>What happened since the last call, or since the filter was made.</summary>
    /// <exception cref="RpcException">There is no such filter.</exception>
    public IReadOnlyList<object> Changes(string id)
    {
        Filter filter = Get(id);
        (List<Step> steps, List<string> hashes) = filter.Drain();
        if (filter.Kind != Kind.Logs)
        {
            return [.. hashes];
        }

        List<object> logs = [];
        foreach (Step step in steps)
        {
            foreach (LogView log in step.IsRemoval
                ? node.Logs.RemovedOf(step.Tipset)
                : node.Logs.Of(step.Tipset))
            {
                if (filter.Logs!.Matches(log))
                {
                    logs.Add(log);
                }
            }
        }

        return logs;
    }

    /// <summary>All logs that a filter wants.</summary>
    /// <exception cref="RpcException">There is no such filter of logs.</exception>
    public IReadOnlyList<LogView> AllLogs(string id) => Get(id) is { Logs: LogFilter logs }
        ? node.Logs.Find(logs)
        : throw new RpcException("the filter is none of logs");

    private Filter Get(string id)
    {
        if (!filters.TryGetValue(id, out Filter? filter))
        {
            throw new RpcException("filter not found");
        }

        filter.UsedAt = TimeProvider.System.GetTimestamp();
        return filter;
    }

    private string Add(Kind kind, LogFilter? logs)
    {
        foreach ((string old, Filter filter) in filters)
        {
            if (TimeProvider.System.GetElapsedTime(filter.UsedAt) > Life)
            {
                _ = filters.TryRemove(old, out _);
            }
        }

        if (filters.Count >= node.Limits.FiltersMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"{node.Limits.FiltersMax} filters are in use"));
        }

        string id = Hex.OfBytes(RandomNumberGenerator.GetBytes(IdLength));
        filters[id] = new(kind, logs) { UsedAt = TimeProvider.System.GetTimestamp() };
        return id;
    }

    private void OnHead(HeadChange change)
    {
        foreach (Tipset tipset in change.Reverted)
        {
            foreach (Filter filter in filters.Values)
            {
                filter.Note(filter.Kind == Kind.Logs ? new(tipset, IsRemoval: true) : null, null);
            }
        }

        foreach (Tipset tipset in change.Applied)
        {
            // One text for all of them, since there may be many of both.
            string hash = Hex.OfBytes(tipset.KeyCid.Digest);
            foreach (Filter filter in filters.Values)
            {
                filter.Note(
                    filter.Kind == Kind.Logs ? new(tipset, IsRemoval: false) : null,
                    filter.Kind == Kind.Blocks ? hash : null);
            }
        }
    }

    private void OnMessage(ChainMessage message)
    {
        string? hash = null;
        foreach (Filter filter in filters.Values)
        {
            if (filter.Kind == Kind.Pending)
            {
                hash ??= TransactionViews.HashOf(message, node.Chain.Network);
                filter.Note(null, hash);
            }
        }
    }

    /// <summary>A tipset that became part of the chain, or is no longer.</summary>
    private sealed record Step(Tipset Tipset, bool IsRemoval);

    private sealed class Filter(Kind kind, LogFilter? logs)
    {
        private readonly Lock gate = new();
        private List<Step> steps = [];
        private List<string> hashes = [];

        public Kind Kind => kind;

        public LogFilter? Logs => logs;

        public long UsedAt { get; set; }

        public void Note(Step? step, string? hash)
        {
            lock (gate)
            {
                // What nobody asks for is forgotten from some length on.
                if (step is not null && steps.Count < QueueMax)
                {
                    steps.Add(step);
                }

                if (hash is not null && hashes.Count < QueueMax)
                {
                    hashes.Add(hash);
                }
            }
        }

        public (List<Step> Steps, List<string> Hashes) Drain()
        {
            lock (gate)
            {
                (List<Step>, List<string>) drained = (steps, hashes);
                (steps, hashes) = ([], []);
                return drained;
            }
        }
    }
}
