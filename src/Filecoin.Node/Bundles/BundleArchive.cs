using System.Formats.Tar;
using ZstdSharp;

namespace Filecoin.Node;

/// <summary>The CARs in a bundle file: a plain CAR, or a tar of CARs within zstd.</summary>
/// <remarks>The file is hostile: what it unpacks to is bounded, and no path of it is used.</remarks>
internal static class BundleArchive
{
    /// <summary>Largest CAR, in bytes.</summary>
    public const int CarLengthMax = 64 << 20;

    /// <summary>Most that an archive may unpack to, in bytes.</summary>
    public const long UnpackedLengthMax = 1L << 30;

    private const int EntriesMax = 256;
    private const string CarSuffix = ".car";
    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Reads the CARs one by one, each with the last part of its name.</summary>
    /// <exception cref="BundleImportException">The file is damaged or too large.</exception>
    public static IEnumerable<(string Name, byte[] Car)> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (!IsZstd(file))
        {
            yield return (Path.GetFileName(path), ReadWhole(file, file.Length, path));
            yield break;
        }

        using DecompressionStream unpacked = new(file);
        using BoundedStream bounded = new(unpacked, UnpackedLengthMax);
        using TarReader tar = new(bounded);
        int entries = 0;
        while (Next(tar, path) is TarEntry entry)
        {
            if (++entries > EntriesMax)
            {
                throw new BundleImportException($"{path}: more than {EntriesMax} entries");
            }

            string name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (IsFile(entry) && name.EndsWith(CarSuffix, StringComparison.Ordinal))
            {
                yield return (
                    name, ReadWhole(entry.DataStream ?? Stream.Null, entry.Length, $"{path}: {name}"));
            }
        }
    }

    private static bool IsZstd(FileStream file)
    {
        Span<byte> magic = stackalloc byte[ZstdMagic.Length];
        int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return magic[..length].SequenceEqual(ZstdMagic);
    }

    private static bool IsFile(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;

    private static TarEntry? Next(TarReader tar, string path)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BundleImportException($"{path}: a damaged archive: {OneLine(e)}");
        }
    }

    private static byte[] ReadWhole(Stream source, long length, string what)
    {
        if (length > CarLengthMax)
        {
            throw new BundleImportException(
                $"{what}: a CAR of {length} bytes, more than {CarLengthMax}");
        }

        byte[] car = new byte[length];
        try
        {
            source.ReadExactly(car);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BundleImportException($"{what}: damaged: {OneLine(e)}");
        }

        return car;
    }

    private static bool IsDamage(Exception e) =>
        e is IOException or InvalidDataException or FormatException or ZstdException
            or ArgumentException or OverflowException or NotSupportedException;

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}
