namespace Filecoin.Wasm.Tests.Running;

/// <summary>The folder of golden vectors that stands beside the repository.</summary>
internal static class SharedData
{
    private const string Variable = "FVM_SHARED";
    private const string FolderName = "shared";

    public static bool TryFind(out string root)
    {
        root = Environment.GetEnvironmentVariable(Variable) ?? FindAbove();
        return root.Length > 0;
    }

    public static string Path(string relative) => TryFind(out string root)
        ? System.IO.Path.Combine(root, relative)
        : throw new DirectoryNotFoundException($"no {FolderName} folder; set {Variable}");

    private static string FindAbove()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, FolderName);
            if (Directory.Exists(System.IO.Path.Combine(candidate, "vectors")))
            {
                return candidate;
            }
        }

        return "";
    }
}
