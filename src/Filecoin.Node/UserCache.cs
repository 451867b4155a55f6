namespace Filecoin.Node;

/// <summary>Folders of the user's where the command keeps what it can get again.</summary>
public static class UserCache
{
    private const string BundlesVariable = "FVM_BUNDLES";
    private const string CacheVariable = "XDG_CACHE_HOME";

    /// <summary>
    /// Bundles: <c>$FVM_BUNDLES</c>, else <c>fvm/bundles</c> in the user's cache.
    /// </summary>
    public static string Bundles() =>
        Environment.GetEnvironmentVariable(BundlesVariable) is { Length: > 0 } named
            ? named
            : Path.Combine(Root(), "bundles");

    /// <summary>Compiled modules: <c>fvm/modules</c> in the user's cache.</summary>
    public static string Modules() => Path.Combine(Root(), "modules");

    private static string Root()
    {
        string cache = Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } given
            ? given
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "fvm");
    }
}
