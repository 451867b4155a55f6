namespace Filecoin.Wasm;

/// <summary>The two generations of the reference's rewriting passes.</summary>
/// <remarks>Spec: fvm-wasm-instrument 0.2.0 and 0.4.0.</remarks>
public enum Instrumenter
{
    /// <summary>Version 0.2.0, network version 17: locals count one by one, flat prices.</summary>
    Legacy,

    /// <summary>
    /// Version 0.4.0, network versions 18 to 28: groups of locals, linear prices.
    /// </summary>
    Current,
}
