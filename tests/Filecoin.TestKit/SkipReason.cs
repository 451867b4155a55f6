namespace Filecoin.TestKit;

/// <summary>Why a test is skipped, in the same words everywhere.</summary>
public static class SkipReason
{
    public const string NoVectors =
        "no golden vectors: set FVM_SHARED or put shared/ beside the repository";

    public const string NoBundles =
        "no actors bundle in the user's cache: fvm bundle import vN.tar.zst";

    public static string NoBundle(int version) =>
        $"no actors bundle v{version} in the user's cache: fvm bundle import v{version}.tar.zst";
}
