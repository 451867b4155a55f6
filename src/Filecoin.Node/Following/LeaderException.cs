namespace Filecoin.Node;

/// <summary>The node that is followed does not answer, or not as it should.</summary>
public sealed class LeaderException : Exception
{
    /// <summary>What is wrong, in one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isPassing">Whether it may answer later.</param>
    /// <param name="cause">What led to it.</param>
    public LeaderException(string line, bool isPassing, Exception? cause = null)
        : base(line, cause) => IsPassing = isPassing;

    /// <summary>Whether it may answer later.</summary>
    public bool IsPassing { get; }
}
