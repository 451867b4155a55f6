namespace Filecoin.Ipld;

/// <summary>Why stored data could not be used.</summary>
public enum IpldFailure
{
    /// <summary>The store does not have the block.</summary>
    Missing,

    /// <summary>The block does not have the form it must have.</summary>
    Malformed,

    /// <summary>The request is outside what the structure can hold.</summary>
    OutOfRange,

    /// <summary>The store does not hand out or take the block.</summary>
    Refused,

    /// <summary>The block has the form, but its parts do not fit each other.</summary>
    Inconsistent,

    /// <summary>
    /// Blocks do not fit each other or what opens them, in a way at which the reference panics.
    /// </summary>
    Panic,
}

/// <summary>Stored data is missing or broken; nothing a caller can repair.</summary>
public sealed class IpldException : Exception
{
    /// <summary>Creates the exception with a cause.</summary>
    public IpldException(IpldFailure failure, Cid cid, string message)
        : base(message)
    {
        Failure = failure;
        Cid = cid;
    }

    /// <summary>What is wrong.</summary>
    public IpldFailure Failure { get; }

    /// <summary>The block concerned; not defined when no block is.</summary>
    public Cid Cid { get; }

    internal static IpldException Missing(Cid cid) =>
        new(IpldFailure.Missing, cid, $"block {cid} is missing");

    internal static IpldException Malformed(Cid cid, string reason) =>
        new(IpldFailure.Malformed, cid, $"block {cid} is malformed: {reason}");

    internal static IpldException Panic(string reason) =>
        new(IpldFailure.Panic, default, reason);

    internal static IpldException OutOfRange(string reason) =>
        new(IpldFailure.OutOfRange, default, reason);
}
