using System.Globalization;

namespace Filecoin.Node;

/// <summary>How bundles are named: <c>vN</c> and <c>builtin-actors-NETWORK.car</c>.</summary>
internal static class BundleName
{
    private const string Prefix = "builtin-actors-";
    private const string Suffix = ".car";

    /// <summary>The file of a network's bundle.</summary>
    public static string FileOf(string network) => $"{Prefix}{network}{Suffix}";

    /// <summary>The network that a file's name says; false if it says none.</summary>
    public static bool TryNetworkOf(string file, out string network)
    {
        bool isNamed = file.StartsWith(Prefix, StringComparison.Ordinal)
            && file.EndsWith(Suffix, StringComparison.Ordinal)
            && file.Length > Prefix.Length + Suffix.Length;
        network = isNamed ? file[Prefix.Length..^Suffix.Length] : "";
        return isNamed;
    }

    /// <summary>The number of a version, as <c>v16</c>; false if the text is none.</summary>
    public static bool TryVersionOf(ReadOnlySpan<char> text, out int version)
    {
        version = 0;
        return text.StartsWith('v')
            && int.TryParse(
                text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && version > 0;
    }
}
