namespace Filecoin.Vm;

/// <summary>
/// A broken store or a defect of ours: the message ends with exit code 10 and all its gas used.
/// </summary>
/// <remarks>Spec: wasm-engine 10.4. Nothing that an actor does by design leads here.</remarks>
public sealed class FatalException : Exception
{
    /// <summary>A fatal failure.</summary>
    public FatalException(string message)
        : base(message)
    {
    }

    /// <summary>A fatal failure with its cause.</summary>
    public FatalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>
/// The message cannot be applied at all, and gives no receipt: a block with it is not valid.
/// </summary>
public sealed class MessageRefusedException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public MessageRefusedException(string message)
        : base(message)
    {
    }
}
