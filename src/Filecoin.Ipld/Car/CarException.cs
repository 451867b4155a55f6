namespace Filecoin.Ipld;

/// <summary>A CAR is malformed: what is wrong, and where.</summary>
public sealed class CarException : Exception
{
    /// <summary>A defect at a byte offset.</summary>
    public CarException(string reason, long offset)
        : base($"CAR: {reason} (at byte {offset})") => Offset = offset;

    /// <summary>Where it was found.</summary>
    public long Offset { get; }
}
