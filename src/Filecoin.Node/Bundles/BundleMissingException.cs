namespace Filecoin.Node;

/// <summary>A bundle is needed that is not there.</summary>
public sealed class BundleMissingException : Exception
{
    /// <summary>Says which, and how to get it.</summary>
    public BundleMissingException(int version, string network, string folder)
        : base($"actors bundle v{version} ({network}) is not in {folder}: {WayTo(version)}")
    {
    }

    /// <summary>Says which manifest a state needs, of which version, and how to get it.</summary>
    public BundleMissingException(Cid manifest, string folder)
        : base(
            $"the actors of the state are {OfficialBundles.Describe(manifest)}, which are not in "
            + $"{folder}: " + (OfficialBundles.TryFind(manifest, out int version, out _)
                ? WayTo(version)
                : "run `fvm bundle import FILE` with the bundle of the state's network"))
    {
    }

    private static string WayTo(int version) =>
        $"get v{version}.tar.zst of filecoin-project/lotus, build/actors, and run "
        + $"`fvm bundle import v{version}.tar.zst`";
}
