namespace Filecoin.Evm;

/// <summary>How a precompiled contract ended.</summary>
public enum PrecompileOutcome
{
    /// <summary>It failed: the caller sees 0 and no data.</summary>
    Failed,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>The reference panics: the calling contract ends with exit code 24.</summary>
    Panicked,

    /// <summary>Gas is gone: the calling contract ends with exit code 7.</summary>
    OutOfGas,

    /// <summary>Its memory does not fit: the calling contract ends with exit code 4.</summary>
    OutOfMemory,
}
