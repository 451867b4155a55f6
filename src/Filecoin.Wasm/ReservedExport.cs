namespace Filecoin.Wasm;

/// <summary>Names of the exports that rewriting adds to a module.</summary>
/// <remarks>
/// The reference imports the gas counter and leaves the start function to the engine. Here the
/// counter is a global of the module's own, so that a module can be linked before there is a
/// store, and the start function is called by hand, once the counter is filled. Neither is visible
/// to an actor: a name that it exports itself gets a stroke more.
/// </remarks>
public static class ReservedExport
{
    /// <summary>The mutable i64 global that counts down, in milligas.</summary>
    public static string GasCounter(IReadOnlyCollection<string> exports) =>
        Unused("gas_counter", exports);

    /// <summary>The start function, exported only where a module has one.</summary>
    public static string Start(IReadOnlyCollection<string> exports) => Unused("start", exports);

    private static string Unused(string name, IReadOnlyCollection<string> exports)
    {
        HashSet<string> used = [.. exports];
        while (used.Contains(name))
        {
            name += "'";
        }

        return name;
    }
}
