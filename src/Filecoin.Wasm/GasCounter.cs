namespace Filecoin.Wasm;

/// <summary>
/// Names of the global that the reference's rewriting imports; an actor may not import it.
/// </summary>
public static class GasCounter
{
    /// <summary>The import's module name.</summary>
    public const string ModuleName = "gas";

    /// <summary>The import's field name.</summary>
    /// <remarks>Quirk: the older instrumenter misspells it; no actor can see it.</remarks>
    public static string FieldName(Instrumenter instrumenter) => instrumenter switch
    {
        Instrumenter.Legacy => "gas_couner",
        Instrumenter.Current => "gas_counter",
    };
}
