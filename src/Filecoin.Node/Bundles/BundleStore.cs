using System.Collections.Concurrent;

namespace Filecoin.Node;

/// <summary>The bundles in a folder of the user's: <c>vN/builtin-actors-NETWORK.car</c>.</summary>
public sealed class BundleStore(string folder)
{
    /// <summary>The network whose bundles are used unless another is named.</summary>
    public const string Mainnet = "mainnet";

    /// <summary>A CAR's header with one root takes less.</summary>
    private const int HeaderLengthMax = 1 << 10;

    private readonly ConcurrentDictionary<(int Version, string Network), Lazy<Bundle>>
        loaded = new();

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Where a bundle is, or would be.</summary>
    public string PathOf(int version, string network) =>
        Path.Combine(folder, $"v{version}", BundleName.FileOf(network));

    /// <summary>Whether a bundle is there.</summary>
    public bool Has(int version, string network = Mainnet) => File.Exists(PathOf(version, network));

    /// <summary>Opens a bundle, once; a block is checked when it is first read.</summary>
    /// <exception cref="BundleMissingException">It is not there.</exception>
    /// <exception cref="IOException">It is damaged.</exception>
    public Bundle Load(int version, string network = Mainnet)
    {
        return Has(version, network)
            ? loaded.GetOrAdd((version, network), key => new(() => Read(key.Version, key.Network)))
                .Value
            : throw new BundleMissingException(version, network, folder);
    }

    /// <summary>Reads the bundle that has a manifest.</summary>
    /// <exception cref="BundleMissingException">None has.</exception>
    /// <exception cref="IOException">It is damaged.</exception>
    public Bundle Load(Cid manifest)
    {
        foreach ((int version, string network) in List())
        {
            if (HasRoot(PathOf(version, network), manifest))
            {
                return Load(version, network);
            }
        }

        throw new BundleMissingException(manifest, folder);
    }

    /// <summary>All bundles there are, by version and network.</summary>
    public IReadOnlyList<(int Version, string Network)> List()
    {
        List<(int, string)> found = [];
        string[] directories = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        foreach (string directory in directories)
        {
            if (!BundleName.TryVersionOf(Path.GetFileName(directory), out int version))
            {
                continue;
            }

            foreach (string file in Directory.GetFiles(directory))
            {
                if (BundleName.TryNetworkOf(Path.GetFileName(file), out string network))
                {
                    found.Add((version, network));
                }
            }
        }

        found.Sort();
        return found;
    }

    private static bool HasRoot(string path, Cid manifest)
    {
        byte[] start = new byte[HeaderLengthMax];
        using FileStream file = InputFile.Open(path);
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        try
        {
            return new CarReader(start.AsMemory(0, length)).Roots.Contains(manifest);
        }
        catch (CarException)
        {
            // What is damaged in the folder is another bundle's trouble.
            return false;
        }
    }

    private Bundle Read(int version, string network)
    {
        string path = PathOf(version, network);
        try
        {
            CarFile store = new(path, $"{path}: damaged, import it again");
            return store.Roots.Count == 1
                ? new(version, network, store.Roots[0], store)
                : throw new CarException($"{store.Roots.Count} roots, not 1", 0);
        }
        catch (CarException damage)
        {
            throw new IOException($"{path}: {damage.Message}: import it again", damage);
        }
    }
}
