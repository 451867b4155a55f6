namespace Filecoin.Rpc;

/// <summary>What Ethereum's tools take a call for.</summary>
internal enum TracedKind
{
    /// <summary>CALL.</summary>
    Call,

    /// <summary>STATICCALL: nothing may change.</summary>
    StaticCall,

    /// <summary>DELEGATECALL: another's code on the caller's state.</summary>
    DelegateCall,

    /// <summary>CREATE or CREATE2.</summary>
    Create,
}

/// <summary>An event of a call.</summary>
/// <param name="Event">The event.</param>
/// <param name="CallsBefore">How many of the calls that are shown came before it.</param>
internal readonly record struct TracedLog(TracedEvent Event, int CallsBefore);

/// <summary>A call of an actor, as Ethereum's tools see it.</summary>
internal sealed record TracedCall
{
    /// <summary>What they take it for.</summary>
    public required TracedKind Kind { get; init; }

    /// <summary>The call itself.</summary>
    public required CallTrace Source { get; init; }

    /// <summary>Who calls, 20 bytes in hexadecimal.</summary>
    public required string From { get; init; }

    /// <summary>Who is called, whose code is run, or what is made.</summary>
    public required string To { get; init; }

    /// <summary>Input or code.</summary>
    public required byte[] Input { get; init; }

    /// <summary>What was returned.</summary>
    public required byte[] Output { get; init; }

    /// <summary>Whether a contract, or who makes them, is called.</summary>
    public required bool IsContract { get; init; }

    /// <summary>Whether the one made is no contract.</summary>
    public bool MakesNative { get; init; }

    /// <summary>Gas that it used, without calls in it.</summary>
    public required long GasOwn { get; init; }

    /// <summary>Gas that it used, with calls in it.</summary>
    public required long GasInAll { get; init; }

    /// <summary>Calls that it made, in order.</summary>
    public List<TracedCall> Calls { get; } = [];

    /// <summary>Events that it emitted, in order, dropped or not.</summary>
    public List<TracedLog> Logs { get; } = [];

    /// <summary>What it ended with.</summary>
    public ExitCode Exit => ExitText.CodeOf(Source);
}
