namespace Filecoin.TestKit;

/// <summary>Texts that somebody has reviewed: what changes shows in the next review.</summary>
public static class ReviewedText
{
    /// <summary>Compares a text with the reviewed one beside the test.</summary>
    /// <param name="actual">The text of today, kept beside the other if it differs.</param>
    /// <param name="file">The reviewed file, from the test project's folder.</param>
    /// <returns>What to do if they differ; null if they are the same.</returns>
    public static string? Difference(string actual, string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);
        if (File.Exists(path) && actual == File.ReadAllText(path).ReplaceLineEndings("\n"))
        {
            return null;
        }

        string received = Path.ChangeExtension(path, $".received{Path.GetExtension(path)}");
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, actual);
        return $"it changed; if it is meant to, copy {received} over {file}";
    }
}
