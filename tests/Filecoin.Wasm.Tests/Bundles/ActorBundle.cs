namespace Filecoin.Wasm.Tests.Bundles;

/// <summary>The official actors in the cache of bundles, if there is one.</summary>
internal static class ActorBundle
{
    private const string FileName = "builtin-actors-mainnet.car";
    private const int CidBytesMax = 64;

    private static string Cache => Environment.GetEnvironmentVariable("FVM_BUNDLES")
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".cache",
            "fvm",
            "bundles");

    public static string[] Versions() => Directory.Exists(Cache)
        ? [.. Directory.GetDirectories(Cache)
            .Where(folder => File.Exists(Path.Combine(folder, FileName)))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The blocks of a bundle that are Wasm modules.</summary>
    public static List<byte[]> Load(string version)
    {
        byte[] car = File.ReadAllBytes(Path.Combine(Cache, version, FileName));
        List<byte[]> modules = [];
        for (int position = 0; position < car.Length;)
        {
            int length = ReadLength(car, ref position);
            ReadOnlySpan<byte> block = car.AsSpan(position, length);
            int start = block[..Math.Min(CidBytesMax, length)].IndexOf("\0asm"u8);
            if (start >= 0)
            {
                modules.Add(block[start..].ToArray());
            }

            position += length;
        }

        return modules;
    }

    private static int ReadLength(byte[] car, ref int position)
    {
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = car[position++];
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return length;
            }
        }
    }
}
