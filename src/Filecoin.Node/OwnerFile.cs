namespace Filecoin.Node;

/// <summary>Files for their owner's eyes alone.</summary>
internal static class OwnerFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder of such files, if it is not there.</summary>
    public static void MakeFolder(string folder) => _ = OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder)
        : Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);

    /// <summary>Writes one, whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string fresh = $"{path}.new";
        File.Delete(fresh);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using (FileStream file = new(fresh, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="bytesMax">How long it may be.</param>
    /// <exception cref="ClientException">Others may read it.</exception>
    public static byte[] ReadKey(string path, int bytesMax) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~Owner) == 0
            ? InputFile.Read(path, bytesMax)
            : throw new ClientException($"{path}: others may read this key: chmod 600 it");
}
