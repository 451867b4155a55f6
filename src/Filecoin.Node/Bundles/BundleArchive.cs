using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Filecoin.Node;

/// <summary>The CARs in a bundle file: a plain CAR, or a tar of CARs within zstd.</summary>
/// <remarks>
/// The file is hostile: what it unpacks to is bounded, and no path of it is used.
/// </remarks>
internal static class BundleArchive
{
    /// <summary>Largest CAR, in bytes.</summary>
    public const int CarLengthMax = 64 << 20;

    /// <summary>Most that an archive may unpack to, in bytes.</summary>
    public const long UnpackedLengthMax = 1L << 30;

    private const int MembersMax = 256;

    /// <summary>
    /// Official bundles take 23: an archive must not choose how much is set aside.
    /// </summary>
    private const int WindowBitsMax = 25;

    private const string CarSuffix = ".car";
    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Reads the CARs one by one, each with the last part of its name.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">What it is called.</param>
    /// <exception cref="BundleImportException">The file is damaged or too large.</exception>
    public static IEnumerable<(string Name, byte[] Car)> Read(FileStream file, string path)
    {
        if (!IsZstd(file))
        {
            yield return (Path.GetFileName(path), ReadWhole(file.ReadExactly, file.Length, path));
            yield break;
        }

        using DecompressionStream unpacked = new(file);
        unpacked.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, WindowBitsMax);
        using BoundedStream bounded = new(unpacked, UnpackedLengthMax);
        TarFiles files = new(bounded);
        for (int members = 0; TryNext(files, path, out string name, out long length); members++)
        {
            if (members == MembersMax)
            {
                throw new BundleImportException($"{path}: more than {MembersMax} members");
            }

            name = name[(name.LastIndexOf('/') + 1)..];
            if (name.EndsWith(CarSuffix, StringComparison.Ordinal))
            {
                yield return (name, ReadWhole(files.ReadContent, length, $"{path}: {name}"));
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

    private static bool TryNext(TarFiles files, string path, out string name, out long length)
    {
        try
        {
            return files.TryNext(out name, out length);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BundleImportException($"{path}: a damaged archive: {OneLine(e)}");
        }
    }

    private delegate void ContentReader(Span<byte> content);

    private static byte[] ReadWhole(ContentReader read, long length, string what)
    {
        if (length > CarLengthMax)
        {
            throw new BundleImportException(
                $"{what}: a CAR of {length} bytes, more than {CarLengthMax}");
        }

        byte[] car = new byte[length];
        try
        {
            read(car);
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
