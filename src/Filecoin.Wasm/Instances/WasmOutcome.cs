namespace Filecoin.Wasm.Instances;

/// <summary>How a call into an instance ended.</summary>
public enum WasmEnd
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>A host function stopped it.</summary>
    Stopped,

    /// <summary>The actor did what WebAssembly forbids, or ran out of stack.</summary>
    Trapped,

    /// <summary>The engine failed in a way that no actor can cause.</summary>
    Failed,
}

/// <summary>The end of a call.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Result">What it returned, if it did.</param>
/// <param name="Reason">Why it trapped or failed, for people.</param>
public readonly record struct WasmOutcome(WasmEnd End, int Result, string? Reason)
{
    internal static WasmOutcome Returned(int result) => new(WasmEnd.Returned, result, null);
}
