using System.Text.Json.Nodes;
using Filecoin.Node.Tests.Bundles;
using Filecoin.Node.Tests.Vectors;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

/// <summary>The built command, as a process: exit code, output, errors.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-cli").FullName;

    private static string Example => SampleVector.PathOf(SampleVector.Counter);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Replay_shows_receipts_calls_charges_and_gas()
    {
        DotnetProcess plain = Fvm.Run("replay", Example);
        Assert.Equal((FvmCommand.Success, ""), (plain.ExitCode, plain.Error));
        Assert.Contains("exit    0 OK", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("OnMethodInvocation", plain.Output, StringComparison.Ordinal);

        DotnetProcess traced = Fvm.Run("replay", "--trace", Example);
        Assert.Contains("  . OnMethodInvocation ", traced.Output, StringComparison.Ordinal);

        DotnetProcess paid = Fvm.Run("replay", "--gas", Example);
        Assert.Matches(@"OnMethodInvocation +1 x ", paid.Output);
    }

    [Fact]
    public void Replay_as_json_gives_one_object_a_message()
    {
        DotnetProcess run = Fvm.Run("replay", "--json", Example);

        Assert.Equal((FvmCommand.Success, ""), (run.ExitCode, run.Error));
        JsonNode[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([0, 1, 2, 3], lines.Select(line => (int)line["index"]!));
        Assert.Equal("AQAAAAAAAAA=", (string?)lines[0]["return"]);
    }

    [Fact]
    public void A_tampered_vector_differs_by_field_and_first_charge()
    {
        JsonNode vector = JsonNode.Parse(SampleVector.Json(SampleVector.Reference))!;
        Assert.SkipUnless(new BundleStore(UserCache.Bundles()).Has(14), SkipReason.NoBundle(14));
        File.Copy(
            SampleVector.PathOf(SampleVector.Reference), Path.Combine(folder, "a.json.gz"));
        DotnetProcess good = Fvm.Run("vectors", folder);
        Assert.Equal((FvmCommand.Success, ""), (good.ExitCode, good.Error));

        JsonNode step = vector["steps"]![0]!;
        long gas = (long)step["receipt"]!["gas_used"]!;
        step["receipt"]!["gas_used"] = gas + 1;
        step["gas"]!["OnCreateActor"]![2] = 5;
        File.WriteAllText(Path.Combine(folder, "b.json"), vector.ToJsonString());
        DotnetProcess run = Fvm.Run("vectors", folder);

        Assert.Equal((FvmCommand.Differs, ""), (run.ExitCode, run.Error));
        Assert.Contains(
            $"gas used: expected {gas + 1}, got {gas}", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "charge OnCreateActor: expected 1 times, 5 milligas, got 1 times, 2700000000 milligas",
            run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_is_imported_and_listed()
    {
        string file = Write("v16.tar.zst", SyntheticBundle.Archive(
            ("builtin-actors-mainnet.car", SyntheticBundle.Car(3))));
        string store = Path.Combine(folder, "store");

        DotnetProcess import = Fvm.Run("bundle", "import", file, "--bundles", store);
        DotnetProcess list = Fvm.Run("bundle", "list", "--bundles", store);

        Assert.Equal((FvmCommand.Success, ""), (import.ExitCode, import.Error));
        Assert.StartsWith("v16 mainnet bafy", import.Output, StringComparison.Ordinal);
        Assert.Equal((FvmCommand.Success, ""), (list.ExitCode, list.Error));
        Assert.EndsWith("actor0 actor1 actor2\n", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_shows_values_to_people_and_machines()
    {
        Message message = new(
            0, Address.FromId(new(5)), Address.FromId(new(6)), 9, default, 100, default, default,
            new(2), default);
        string car = Write("x.car", SyntheticBundle.Car(3));
        string[][] inspected =
        [
            ["address", "f01000"],
            ["cid", "bafkqaaa"],
            ["car", car],
            ["wasm", Write("x.wasm", [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
            ["message", Convert.ToBase64String(Ipld.Cbor.Encode(message))],
            ["actor", new StateApart(folder).State, "f0100"],
        ];
        foreach (string[] arguments in inspected)
        {
            DotnetProcess people = Fvm.Run(["inspect", .. arguments]);
            DotnetProcess machines = Fvm.Run(["inspect", .. arguments, "--json"]);
            Assert.Equal((FvmCommand.Success, ""), (people.ExitCode, people.Error));
            Assert.Contains(": ", people.Output, StringComparison.Ordinal);
            Assert.NotEmpty(JsonNode.Parse(machines.Output)!.AsObject());
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("replay", "--help")]
    [InlineData("vectors", "--help")]
    [InlineData("bundle", "--help")]
    [InlineData("bundle", "import", "--help")]
    [InlineData("bundle", "list", "--help")]
    [InlineData("inspect", "--help")]
    [InlineData("inspect", "actor", "--help")]
    public void Help_is_there(params string[] arguments)
    {
        DotnetProcess run = Fvm.Run(arguments);
        Assert.Equal((FvmCommand.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "", "nothing")]
    [InlineData(2, "", "replay")]
    [InlineData(2, "--nothing", "replay", "--nothing", "x.json")]
    [InlineData(2, "", "inspect", "kind", "x")]
    [InlineData(3, "none.json: no such file", "replay", "none.json")]
    [InlineData(3, "name of a file is empty", "replay", "")]
    [InlineData(3, "none: no such file", "vectors", "none")]
    [InlineData(3, "none: no such file", "bundle", "import", "none")]
    [InlineData(3, "none.car: no such file", "inspect", "car", "none.car")]
    [InlineData(3, "not a CID: zz", "inspect", "cid", "zz")]
    [InlineData(3, "not an address: zz", "inspect", "address", "zz")]
    [InlineData(3, "no file, hex or base64: zz", "inspect", "message", "zz")]
    [InlineData(3, "not a message", "inspect", "message", "80")]
    [InlineData(2, "--balance: 1e9 is no whole number", "devnet", "--balance", "1e9")]
    [InlineData(2, "--block-time: x is no number", "devnet", "--block-time", "x")]
    [InlineData(2, "--gas-limit: -1 is no whole number", "send", "0", "0", "--gas-limit", "-1")]
    [InlineData(3, "--block-time 0 is not 0.1 to", "devnet", "--block-time", "0")]
    [InlineData(3, "give one of them", "devnet", "--block-time", "2", "--no-mining")]
    [InlineData(3, "is postgres://user@host", "devnet", "--store", "x")]
    [InlineData(3, "name of its folder is empty", "devnet", "--data-dir", "")]
    [InlineData(3, "no listening on 0.0.3.231:0", "devnet", "--port", "0", "--host", "999")]
    [InlineData(3, "no such folder: /nope", "chain", "export", "/nope/x.car", "--store", "x")]
    [InlineData(3, "nope: no such file", "chain", "import", "nope", "--store", "x")]
    public void A_failure_is_one_line_and_its_code(
        int exitCode, string reason, params string[] arguments)
    {
        DotnetProcess run = Fvm.Run(arguments);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"\Afvm: [^\n]+\n\z", run.Error);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "BLOCK", "chain", "block")]
    [InlineData(2, "--nothing", "replay", "--nothing", "x.json")]
    [InlineData(3, "none.json: no such file", "replay", "none.json")]
    [InlineData(3, "none.car: no such file", "inspect", "car", "none.car")]
    [InlineData(3, "no node answers", "chain", "head", "--url", "http://127.0.0.1:1")]
    [InlineData(3, "no node is heard", "chain", "follow", "--url", "http://127.0.0.1:1")]
    [InlineData(3, "no kind of key: x", "wallet", "new", "x")]
    public void A_failure_of_who_asks_for_json_is_one_object(
        int exitCode, string reason, params string[] arguments)
    {
        DotnetProcess run = Fvm.Run([.. arguments, "--json"]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"\A[^\n]+\n\z", run.Error);
        JsonObject told = JsonNode.Parse(run.Error)!.AsObject();
        Assert.Equal(["error"], told.Select(member => member.Key));
        Assert.Contains(reason, (string?)told["error"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_bundle_is_named_with_the_way_to_get_it()
    {
        File.Copy(Path.Combine(Path.GetDirectoryName(Example)!, "counter.wat"),
            Path.Combine(folder, "counter.wat"));
        JsonNode messages = JsonNode.Parse(File.ReadAllText(Example))!;
        messages["actors_bundle"] = "v18";
        string file = Path.Combine(folder, "m.json");
        File.WriteAllText(file, messages.ToJsonString());

        DotnetProcess run = Fvm.Run("replay", file, "--bundles", folder);

        Assert.Equal((FvmCommand.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Matches(
            @"\Afvm: actors bundle v18 [^\n]+fvm bundle import v18[^\n]+\n\z", run.Error);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
