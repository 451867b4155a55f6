using System.Text;
using System.Text.Json.Nodes;
using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>A damaged file of messages either runs or is refused in one line.</summary>
public sealed class HostileSequenceTests : IDisposable
{
    private const int Seed = 20261125;

    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    private static readonly SequenceRunner Runner =
        new(Bundles, new ActorCode(new ModuleCache(UserCache.Modules())));

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-hostile").FullName;

    public HostileSequenceTests() => SampleVector.CopyCode(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(SampleVector.Counter)]
    [InlineData(SampleVector.Mainnet)]
    [InlineData(SampleVector.Reference)]
    public void Every_member_may_be_missing_or_of_another_kind(string sample)
    {
        int refused = 0;
        foreach (JsonDamage damage in JsonDamage.All(Reduce(sample)))
        {
            if (RefusalOf(damage.Document, damage.What) is string refusal)
            {
                refused++;
                Assert.True(
                    refusal.Contains(damage.Member, StringComparison.Ordinal)
                    || refusal.Contains("cannot be run", StringComparison.Ordinal),
                    $"{damage.What}: {refusal}");
            }
        }

        Assert.True(refused >= 50, $"only {refused} are refused");
    }

    [Theory]
    [InlineData(SampleVector.Counter)]
    [InlineData(SampleVector.Mainnet)]
    [InlineData(SampleVector.Reference)]
    public void A_cut_document_is_refused(string sample)
    {
        byte[] whole = SampleVector.Json(sample);
        for (int length = 0; length < whole.Length - 4; length += 1 + (whole.Length / 200))
        {
            Assert.Contains(
                "not JSON",
                RefusalOf(whole[..length], $"cut at {length}"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cut_gzip_is_called_truncated()
    {
        byte[] whole = SampleVector.Zip(SampleVector.Json(SampleVector.Counter));
        for (int length = 2; length < whole.Length; length++)
        {
            Assert.Contains(
                "truncated gzip",
                RefusalOf(whole[..length], $"cut at {length}"),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SampleVector.Mainnet, "car")]
    [InlineData(SampleVector.Reference, "car_gz_b64")]
    public void A_flipped_bit_in_the_car_is_found(string sample, string member)
    {
        JsonObject document = JsonNode.Parse(SampleVector.Json(sample))!.AsObject();
        byte[] car = SampleVector.Unzip(Convert.FromBase64String((string)document[member]!));
        Random random = new(Seed);
        for (int i = 0; i < 60; i++)
        {
            byte[] flipped = [.. car];
            flipped[random.Next(car.Length)] ^= (byte)(1 << random.Next(8));
            document[member] = Convert.ToBase64String(SampleVector.Zip(flipped));
            string? refusal = RefusalOf(Bytes(document), $"flip {i}");

            // The roots in the header are not used, and have no hash.
            Assert.True(
                refusal is null || refusal.Contains($"`{member}`", StringComparison.Ordinal),
                refusal);
        }
    }

    [Theory]
    [InlineData(SampleVector.Mainnet, "car")]
    [InlineData(SampleVector.Reference, "car_gz_b64")]
    public void A_missing_block_is_a_failure_of_the_message_or_a_refusal(
        string sample, string member)
    {
        JsonObject document = JsonNode.Parse(SampleVector.Json(sample))!.AsObject();
        byte[] packed = Convert.FromBase64String((string)document[member]!);
        CarReader car = new(SampleVector.Unzip(packed));
        List<(Cid Cid, byte[] Block)> blocks = [];
        while (car.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            blocks.Add((cid, block.ToArray()));
        }

        for (int missing = 0; missing < blocks.Count; missing += 1 + (blocks.Count / 60))
        {
            using MemoryStream target = new();
            CarWriter writer = new(target, [.. car.Roots]);
            blocks.Where((_, i) => i != missing).ToList()
                .ForEach(block => writer.Write(block.Cid, block.Block));
            document[member] = Convert.ToBase64String(SampleVector.Zip(target.ToArray()));
            _ = RefusalOf(Bytes(document), $"without block {missing}");
        }
    }

    [Theory]
    [InlineData("""{"steps":1,"steps":2}""", "not JSON")]
    [InlineData("""{"class":"message","preconditions":{"variants":[]},"postconditions":{}}""",
        "`preconditions.variants` has 0 items")]
    [InlineData("""{"class":"\ud800"}""", "not Unicode")]
    [InlineData("""{"messages":[],"car":"../x.car","network_version":28}""", "`car` names a file")]
    [InlineData("""{"messages":[],"car":"none.car","network_version":28}""", "no such file")]
    [InlineData("""{"messages":[],"accounts":[],"actors":[],"network_version":99}""",
        "`network_version` is 99")]
    [InlineData("""{"messages":[],"accounts":[{"id":1e3}],"actors":[],"network_version":28}""",
        "`accounts[0].id`")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "no `steps`")]
    public void A_refusal_says_what_is_wrong_and_where(string document, string reason) =>
        Assert.Contains(
            reason,
            RefusalOf(Encoding.UTF8.GetBytes(document), document),
            StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains(
        "not JSON",
        RefusalOf(Encoding.UTF8.GetBytes(new string('[', 100_000)), "deep"),
        StringComparison.Ordinal);

    [Fact]
    public void What_unpacks_to_too_much_is_refused() => Assert.Contains(
        "unpacks to more than",
        RefusalOf(SampleVector.Zip(new byte[(128 << 20) + 1]), "large"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("no/such/file.json")]
    [InlineData(".")]
    public void A_name_that_is_no_file_is_refused(string path)
    {
        SequenceException refusal = Assert.Throws<SequenceException>(
            () => SequenceReader.Read(path));
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    /// <summary>Two of the reference's steps are enough; more say nothing else.</summary>
    private static byte[] Reduce(string sample)
    {
        JsonObject document = JsonNode.Parse(SampleVector.Json(sample))!.AsObject();
        if (document["steps"] is JsonArray steps)
        {
            while (steps.Count > 2)
            {
                steps.RemoveAt(2);
            }

            foreach (JsonNode? step in steps)
            {
                // Not read: for people.
                _ = step!.AsObject().Remove("message");
                _ = step!.AsObject().Remove("calls");
            }
        }

        _ = document.Remove("_meta");
        return Bytes(document);
    }

    /// <summary>Reads and runs; gives the refusal, null if there was none.</summary>
    private string? RefusalOf(byte[] content, string what)
    {
        string file = Path.Combine(folder, "damaged.json");
        File.WriteAllBytes(file, content);
        try
        {
            MessageSequence sequence = SequenceReader.Read(file);
            if (sequence.ActorsVersion is not int version || Bundles.Has(version))
            {
                _ = Runner.Run(sequence, isTracing: true).ToList();
            }

            return null;
        }
        catch (SequenceException refusal)
        {
            Assert.DoesNotContain(refusal.Message, char.IsControl);
            return refusal.Message;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{what}: {other.GetType().Name}", other);
        }
    }

    private static byte[] Bytes(JsonNode document) =>
        Encoding.UTF8.GetBytes(document.ToJsonString());
}
