namespace Filecoin.Fuzz.Driving;

/// <summary>
/// The input that is being run, in a file: what takes the whole process down, as a full stack
/// does, is found there by the next one.
/// </summary>
internal sealed class RunningInput : IDisposable
{
    private readonly FileStream? file;
    private readonly string path;

    public RunningInput(string target)
    {
        path = Path.Combine(Path.GetTempPath(), $"filecoin-fuzz-{target}.running");
        try
        {
            file = new(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            // Another process is at this target; this one goes without.
            return;
        }

        if (file.Length > 0)
        {
            Left = new byte[file.Length];
            file.ReadExactly(Left);
        }
    }

    /// <summary>What ran when a process before died; null if none did.</summary>
    public byte[]? Left { get; }

    public void Set(ReadOnlySpan<byte> input)
    {
        if (file is not null)
        {
            file.SetLength(input.Length);
            RandomAccess.Write(file.SafeFileHandle, input, 0);
        }
    }

    public void Dispose()
    {
        if (file is not null)
        {
            file.Dispose();
            File.Delete(path);
        }
    }
}
