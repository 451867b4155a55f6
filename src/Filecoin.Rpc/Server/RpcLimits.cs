namespace Filecoin.Rpc;

/// <summary>What a caller may ask for at once.</summary>
public sealed record RpcLimits
{
    /// <summary>Bytes of a request.</summary>
    public int BodyBytesMax { get; init; } = 16 << 20;

    /// <summary>Calls of a batch.</summary>
    public int BatchMax { get; init; } = 1_000;

    /// <summary>Values in the JSON of a request or a batch.</summary>
    public int ValuesMax { get; init; } = 200_000;

    /// <summary>Requests that begin at once; more wait.</summary>
    public int AtOnceMax { get; init; } = Environment.ProcessorCount;

    /// <summary>Requests that take long and are worked on at once, beside those.</summary>
    public int LongAtOnceMax { get; init; } = int.Max(1, Environment.ProcessorCount - 1);

    /// <summary>
    /// Requests that make no pauses and are worked on beside all others, while callers may begin
    /// that are not known to ask for little.
    /// </summary>
    public int LooseMax { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>
    /// Requests that take long and have begun; more are refused. A quarter is left for callers who
    /// usually ask for little.
    /// </summary>
    public int LongMax { get; init; } = 128;

    /// <summary>
    /// Of these, requests of callers whose requests have taken long before; more wait to begin.
    /// </summary>
    public int LongExpectedMax { get; init; } = 4;

    /// <summary>Calls that wait for the chain; more are refused.</summary>
    public int WaitsMax { get; init; } = 32;

    /// <summary>How deep the JSON of a request nests.</summary>
    public int DepthMax { get; init; } = 64;

    /// <summary>Bytes of the answer to a request or a batch.</summary>
    public int AnswerBytesMax { get; init; } = 64 << 20;

    /// <summary>Bytes of all requests that are being read, beyond what is free for each.</summary>
    public long ReadingBytesMax { get; init; } = 64 << 20;

    /// <summary>Bytes a second of all requests together, beyond the first few of each.</summary>
    public long ReadingBytesASecond { get; init; } = 16 << 20;

    /// <summary>Bytes of all answers that are on their way, beyond what is free for each.</summary>
    public long SendingBytesMax { get; init; } = 64 << 20;

    /// <summary>Seconds that a request may take to come, and an answer to be taken.</summary>
    public int TransferSecondsMax { get; init; } = 60;

    /// <summary>Epochs that a search for logs goes over.</summary>
    public long RangeMax { get; init; } = 100_000;

    /// <summary>Logs that a search gives.</summary>
    public int ResultsMax { get; init; } = 10_000;

    /// <summary>Epochs that a search for traces goes over; each is executed again.</summary>
    public long TraceRangeMax { get; init; } = 2_880;

    /// <summary>Traces that a search gives.</summary>
    public int TracesMax { get; init; } = 500;

    /// <summary>Filters that are kept.</summary>
    public int FiltersMax { get; init; } = 1_000;

    /// <summary>Subscriptions of a connection.</summary>
    public int SubscriptionsMax { get; init; } = 100;

    /// <summary>Events that wait for a slow reader, whose connection then ends.</summary>
    public int NoticesMax { get; init; } = 20_000;

    /// <summary>Blocks that a call makes, or epochs that it skips, at most.</summary>
    public int MinedMax { get; init; } = 1_000_000;
}
