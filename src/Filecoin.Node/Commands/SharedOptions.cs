using System.CommandLine;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node;

/// <summary>What several commands take.</summary>
internal static class SharedOptions
{
    public static Option<string?> Bundles() => new("--bundles")
    {
        Description = "Folder of actor bundles; else $FVM_BUNDLES, "
            + "else fvm/bundles in the user's cache.",
    };

    public static BundleStore Store(string? folder) => new(folder ?? UserCache.Bundles());

    public static SequenceRunner Runner(string? folder) => new(Store(folder), new(Modules()));

    /// <summary>Where a cache cannot be made, actors are compiled each time.</summary>
    private static ModuleCache? Modules()
    {
        try
        {
            return new(UserCache.Modules());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
