using System.IO.Compression;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>Small real files of messages, to be damaged.</summary>
internal static class SampleVector
{
    public const string Counter = "counter";
    public const string Mainnet = "mainnet";
    public const string Reference = "reference";

    private const string MainnetFile = "vectors/mainnet/nv17/fil_9_multisig/Propose/Ok/"
        + "ext-0001-fil_9_multisig-Propose-Ok-5.json";

    private const string ReferenceFile =
        "vectors/reference/nv23/scenarios/datacap_tests-call_name_symbol_test.json.gz";

    private static string CounterFolder => Path.Combine(Repository.Root, "examples", "counter");

    /// <summary>The file; skips the test where the golden vectors are missing.</summary>
    public static string PathOf(string sample)
    {
        if (sample == Counter)
        {
            return Path.Combine(CounterFolder, "messages.json");
        }

        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        return SharedData.Path(sample == Mainnet ? MainnetFile : ReferenceFile);
    }

    /// <summary>The file's JSON.</summary>
    public static byte[] Json(string sample)
    {
        byte[] content = File.ReadAllBytes(PathOf(sample));
        return content[0] == 0x1f ? Unzip(content) : content;
    }

    /// <summary>Puts what the example of messages names into another folder.</summary>
    public static void CopyCode(string folder) => File.Copy(
        Path.Combine(CounterFolder, "counter.wat"), Path.Combine(folder, "counter.wat"), true);

    public static byte[] Zip(byte[] content)
    {
        using MemoryStream target = new();
        using (GZipStream zip = new(target, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return target.ToArray();
    }

    public static byte[] Unzip(byte[] content)
    {
        using GZipStream zip = new(new MemoryStream(content), CompressionMode.Decompress);
        using MemoryStream target = new();
        zip.CopyTo(target);
        return target.ToArray();
    }
}
