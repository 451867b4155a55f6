namespace Filecoin.Wasm;

/// <summary>The step at which a module was refused.</summary>
public enum RefusalStage
{
    /// <summary>Outside the accepted language, or malformed.</summary>
    Validate,

    /// <summary>The stack limiter cannot handle it.</summary>
    StackLimiter,

    /// <summary>Gas metering cannot handle it.</summary>
    GasMetering,

    /// <summary>The engine's compilation of what rewriting gave.</summary>
    Compile,

    /// <summary>Linking: it imports what the host does not offer.</summary>
    Link,
}

/// <summary>A module is not accepted: the reason, and where in the module.</summary>
public sealed class WasmRefusedException : Exception
{
    /// <summary>A refusal with the byte offset in the module at which it was found.</summary>
    public WasmRefusedException(RefusalStage stage, string reason, long offset)
        : base($"Wasm module refused: {reason} (at byte {offset})")
    {
        Stage = stage;
        Offset = offset;
    }

    /// <summary>A refusal of the module as a whole.</summary>
    public WasmRefusedException(RefusalStage stage, string reason)
        : base($"Wasm module refused: {reason}")
    {
        Stage = stage;
        Offset = -1;
    }

    /// <summary>The step that refused.</summary>
    public RefusalStage Stage { get; }

    /// <summary>Byte offset in the module, or -1 if no one place is at fault.</summary>
    public long Offset { get; }
}
