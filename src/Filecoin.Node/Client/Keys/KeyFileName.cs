namespace Filecoin.Node;

/// <summary>How files of keys are named: by their address, which begins with t.</summary>
/// <remarks>Folders of earlier versions have names that begin with f, which are used on.</remarks>
internal static class KeyFileName
{
    /// <summary>What files of keys are looked for by.</summary>
    public const string Pattern = "*.json";

    private const string Extension = ".json";

    /// <summary>Where a folder has the key of an address, or would have it.</summary>
    public static string PathIn(string folder, Address address)
    {
        string earlier = Path.Combine(folder, $"{address}{Extension}");
        return File.Exists(earlier)
            ? earlier
            : Path.Combine(folder, AddressArgument.FilecoinText(address) + Extension);
    }

    /// <summary>Whose key a file says by its name to have.</summary>
    public static bool TryRead(string path, out Address address) =>
        Address.TryParse(Path.GetFileNameWithoutExtension(path), out address);
}
