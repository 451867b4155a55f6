namespace Filecoin.ActorRuntime;

/// <summary>What actors in C# do that the Wasm's instructions depend on.</summary>
public enum ExecutionWork
{
    /// <summary>An invocation.</summary>
    Start,

    /// <summary>A byte of its parameters.</summary>
    ParameterByte,

    /// <summary>An item of CBOR in its parameters.</summary>
    ParameterItem,

    /// <summary>A host call of any kind.</summary>
    HostCall,

    /// <summary>A call of another actor.</summary>
    Send,

    /// <summary>A block read: from the store, parameters, or what a call gave back.</summary>
    BlockRead,

    /// <summary>A byte of these.</summary>
    ReadByte,

    /// <summary>An item of CBOR in these.</summary>
    ReadItem,

    /// <summary>A block made: for the store, for another actor, or to give back.</summary>
    BlockMade,

    /// <summary>A byte of these.</summary>
    MadeByte,

    /// <summary>An item of CBOR in these.</summary>
    MadeItem,

    /// <summary>A step of a loop that touches no blocks, which the actor counts itself.</summary>
    Step,
}

/// <summary>
/// What an invocation of an actor in C# pays for what Wasm's instructions and memory would have
/// cost: a sum over what it does, in milligas each.
/// </summary>
/// <param name="milligas">By <see cref="ExecutionWork"/>; what is missing is free.</param>
public sealed class ExecutionPrice(params ReadOnlySpan<long> milligas)
{
    /// <summary>How many kinds of work there are.</summary>
    public const int Kinds = (int)ExecutionWork.Step + 1;

    private readonly long[] milligas = Pad(milligas);

    /// <summary>Milligas for a unit of a kind.</summary>
    public long this[ExecutionWork kind] => milligas[(int)kind];

    private static long[] Pad(ReadOnlySpan<long> given)
    {
        long[] padded = new long[Kinds];
        given.CopyTo(padded);
        return padded;
    }
}
