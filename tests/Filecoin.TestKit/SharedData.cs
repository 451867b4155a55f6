namespace Filecoin.TestKit;

/// <summary>Finds the data shared between checkouts: the folder holding <c>vectors</c>.</summary>
public static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>
    /// The folder, from FVM_SHARED or a parent's <c>shared</c>; false if there is none.
    /// </summary>
    public static bool TryFind(out string root)
    {
        root = Root ?? "";
        return Root is not null;
    }

    /// <summary>Full name of a shared file, which must exist.</summary>
    public static string Path(string relative)
    {
        if (!TryFind(out var root))
        {
            throw new DirectoryNotFoundException(
                "no shared/vectors above the test binary; set FVM_SHARED to the shared folder");
        }

        var path = System.IO.Path.Combine(root, relative);
        return File.Exists(path) || Directory.Exists(path)
            ? path
            : throw new FileNotFoundException($"{relative} is not in the shared folder", path);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("FVM_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var shared = System.IO.Path.Combine(at.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(shared, "vectors")))
            {
                return shared;
            }
        }

        return null;
    }
}
