using System.Security.Cryptography;

namespace Filecoin.Fuzz.Driving;

/// <summary>The kept inputs of all targets: a folder each, a file for each input.</summary>
public sealed class Corpus(string folder)
{
    private const int NameBytes = 8;

    /// <summary>The repository's own, found from where the program is or is started.</summary>
    public static Corpus? Find()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Filecoin.slnx")))
                {
                    return new(Path.Combine(at.FullName, "fuzz", "corpus"));
                }
            }
        }

        return null;
    }

    /// <summary>The targets that have inputs.</summary>
    public string[] Targets() => Directory.Exists(folder)
        ? Array.ConvertAll(Directory.GetDirectories(folder), place => Path.GetFileName(place))
        : [];

    /// <summary>A target's inputs in the order of their names.</summary>
    public IReadOnlyList<(string Name, byte[] Input)> Read(string target)
    {
        List<(string, byte[])> inputs = [];
        string place = Path.Combine(folder, target);
        if (Directory.Exists(place))
        {
            string[] files = Directory.GetFiles(place);
            Array.Sort(files, StringComparer.Ordinal);
            foreach (string file in files)
            {
                inputs.Add((Path.GetFileName(file), File.ReadAllBytes(file)));
            }
        }

        return inputs;
    }

    /// <summary>Keeps an input under its hash, and gives that.</summary>
    public string Write(string target, ReadOnlySpan<byte> input)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, NameBytes));
        string place = Path.Combine(folder, target);
        _ = Directory.CreateDirectory(place);
        File.WriteAllBytes(Path.Combine(place, name), input);
        return name;
    }
}
