namespace Filecoin.Node;

/// <summary>A bundle that an import has put into the store.</summary>
/// <param name="Version">The actors' version.</param>
/// <param name="Network">Which network it was made for.</param>
/// <param name="Manifest">CID of its manifest.</param>
/// <param name="Actors">How many actors it has.</param>
public readonly record struct ImportedBundle(
    int Version, string Network, Cid Manifest, int Actors);

/// <summary>Puts official bundles into a bundle store, checked.</summary>
/// <remarks>
/// Takes one CAR, or a zstd-packed tar of CARs as lotus ships them. All bundles of a file are
/// checked before any is written; each is written beside its place and then renamed.
/// </remarks>
public sealed class BundleImport(BundleStore store)
{
    private const int NetworkLengthMax = 64;

    private volatile FileStream? source;

    /// <summary>Bytes of the file that have been read; asked for by another thread.</summary>
    public long Position => source?.Position ?? 0;

    /// <summary>Imports a file.</summary>
    /// <param name="path">A <c>.car</c> or <c>.tar.zst</c>.</param>
    /// <param name="version">The actors' version; null: as the file's name says.</param>
    /// <param name="network">A single CAR's network; null: as the file's name says.</param>
    /// <exception cref="BundleImportException">It is no bundle, or damaged.</exception>
    /// <exception cref="IOException">The file or the folder cannot be used.</exception>
    public IReadOnlyList<ImportedBundle> Import(
        string path, int? version = null, string? network = null)
    {
        // A name that is no file says so before it is asked for its version.
        using FileStream file = InputFile.Open(path);
        source = file;
        int actorsVersion = version ?? VersionOf(Path.GetFileName(path)) ?? throw new
            BundleImportException($"{path}: the name has no version (vN); give one");
        if (actorsVersion < 1)
        {
            throw new BundleImportException($"actors version {actorsVersion} is not positive");
        }

        List<ImportedBundle> found = [];
        List<(string Written, string Target)> files = [];
        try
        {
            foreach ((string name, byte[] car) in BundleArchive.Read(file, path))
            {
                ImportedBundle bundle = Check(name, car, actorsVersion, network);
                if (found.Exists(other => other.Network == bundle.Network))
                {
                    throw new BundleImportException($"{path}: {bundle.Network} is in it twice");
                }

                found.Add(bundle);
                files.Add(WriteBeside(store.PathOf(actorsVersion, bundle.Network), car));
            }

            if (found.Count == 0)
            {
                throw new BundleImportException($"{path}: no CAR is in it");
            }

            files.ForEach(kept => File.Move(kept.Written, kept.Target, overwrite: true));
        }
        finally
        {
            files.ForEach(kept => File.Delete(kept.Written));
        }

        return found;
    }

    private static ImportedBundle Check(string name, byte[] car, int version, string? network)
    {
        string bundleNetwork = network
            ?? (BundleName.TryNetworkOf(name, out string named) ? named : "");
        if (!IsPlainName(bundleNetwork))
        {
            throw new BundleImportException($"{name}: its name gives no network (letters, digits, "
                + "'.', '-' after 'builtin-actors-')");
        }

        try
        {
            CarReader reader = new(car);
            MemoryBlockstore blocks = new();
            reader.CopyTo(blocks);
            return reader.Roots.Count == 1
                ? new(version, bundleNetwork, reader.Roots[0],
                    BundleManifest.Read(blocks, reader.Roots[0]).Count)
                : throw new BundleImportException($"{name}: {reader.Roots.Count} roots, not 1");
        }
        catch (Exception e) when (e is CarException or IpldException)
        {
            throw new BundleImportException($"{name}: {e.Message}");
        }
    }

    private static (string Written, string Target) WriteBeside(string target, byte[] car)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string written = $"{target}.{Path.GetRandomFileName()}.partial";
        File.WriteAllBytes(written, car);
        return (written, target);
    }

    private static int? VersionOf(string name)
    {
        foreach (string part in name.Split('-', '.', '_'))
        {
            if (BundleName.TryVersionOf(part, out int version))
            {
                return version;
            }
        }

        return null;
    }

    private static bool IsPlainName(string network)
    {
        bool isPlain = network.Length is > 0 and <= NetworkLengthMax && network[0] != '.';
        foreach (char letter in network)
        {
            isPlain &= char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-';
        }

        return isPlain;
    }
}
