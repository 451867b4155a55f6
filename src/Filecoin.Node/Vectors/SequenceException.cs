namespace Filecoin.Node;

/// <summary>
/// A file is no sequence of messages, or its state cannot be used: what is wrong, and where, in
/// one line.
/// </summary>
public sealed class SequenceException : Exception
{
    /// <summary>A defect.</summary>
    public SequenceException(string message)
        : base(Excerpt.OneLine(message))
    {
    }

    /// <summary>A defect with its cause.</summary>
    public SequenceException(string message, Exception cause)
        : base(Excerpt.OneLine(message), cause)
    {
    }
}
