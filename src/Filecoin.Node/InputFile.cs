namespace Filecoin.Node;

/// <summary>Reads a file that the command line or another file names.</summary>
internal static class InputFile
{
    /// <summary>Reads all of a file of bounded length.</summary>
    /// <param name="path">Where it is; any text.</param>
    /// <param name="lengthMax">Most that it may hold, in bytes.</param>
    /// <exception cref="IOException">One line that starts with the path.</exception>
    public static byte[] Read(string path, int lengthMax)
    {
        using FileStream file = Open(path);
        try
        {
            // A pipe or a device does not tell its length, and a file may grow.
            using MemoryStream target = new(
                file.CanSeek ? (int)long.Min(file.Length, lengthMax) : 0);
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = file.Read(buffer)) > 0)
            {
                if (target.Length + read > lengthMax)
                {
                    throw Refuse(path, $"more than {lengthMax} bytes");
                }

                target.Write(buffer, 0, read);
            }

            return target.ToArray();
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException
            or NotSupportedException)
        {
            throw Refuse(path, failure.Message, failure);
        }
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">One line that starts with the path.</exception>
    public static FileStream Open(string path)
    {
        if (path.Length == 0)
        {
            throw new IOException("the name of a file is empty");
        }

        if (Directory.Exists(path))
        {
            throw Refuse(path, "a folder, not a file");
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException
            or DirectoryNotFoundException)
        {
            throw Refuse(path, "no such file", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            throw Refuse(path, failure.Message, failure);
        }
    }

    private static IOException Refuse(string path, string reason, Exception? cause = null) =>
        new(Excerpt.OneLine($"{path}: {reason}"), cause);
}
