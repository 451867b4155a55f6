namespace Filecoin.Rpc;

/// <summary>What is remembered of a caller from request to request of its connection.</summary>
public sealed class RpcCaller
{
    /// <summary>Requests in a row after which the next is taken for a long one too.</summary>
    private const int HabitFrom = 5;

    /// <summary>How many requests weigh as much as all before them.</summary>
    private const int Weight = 4;

    /// <summary>How many times what its requests take beyond a little others go first.</summary>
    private const int Patience = 1_000;

    /// <summary>What a request may take that is answered in the order of coming.</summary>
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(2);

    private int longInARow;
    private TimeSpan? usual;

    /// <summary>How much later others may come and still go before its next request.</summary>
    /// <remarks>
    /// Who usually asks for little goes in the order of coming. Others let go first what comes
    /// in the time that hundreds of their like would take on a busy machine, so that many of them
    /// do not hold up anybody else; and no more, so that nobody waits for ever.
    /// </remarks>
    internal TimeSpan Delay
    {
        get
        {
            TimeSpan more = (usual ?? RequestTurns.Share) - Little;
            return more > TimeSpan.Zero ? Patience * more : TimeSpan.Zero;
        }
    }

    /// <summary>Whether it is known, and its requests hardly ever take long.</summary>
    internal bool IsLight => usual < RequestTurns.Share / 2;

    /// <summary>Whether its next request is expected to take long.</summary>
    /// <remarks>One is no sign: first calls compile code, and few do so in a row.</remarks>
    internal bool IsHeavy => longInARow >= HabitFrom;

    /// <summary>Notes what a request has had of the processor.</summary>
    internal void Note(TimeSpan had, bool wasRefused)
    {
        longInARow = wasRefused || had > RequestTurns.LongFrom ? longInARow + 1 : 0;
        TimeSpan share = had < RequestTurns.Share ? had : RequestTurns.Share;
        usual = usual is TimeSpan before ? before + ((share - before) / Weight) : share;
    }
}
