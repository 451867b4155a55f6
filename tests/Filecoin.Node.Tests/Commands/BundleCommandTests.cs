using Filecoin.Ipld;
using Filecoin.Node.Tests.Bundles;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

/// <summary>Bundles on the command line: which one a state needs, and hostile files.</summary>
public sealed class BundleCommandTests : IDisposable
{
    private const string Mainnet = "builtin-actors-mainnet.car";

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-bundle").FullName;
    private readonly StateApart apart;

    public BundleCommandTests() => apart = new(folder);

    private string Store => Path.Combine(folder, "store");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_that_names_no_bundle_runs_on_the_one_that_its_state_names()
    {
        Keep(2, SyntheticBundle.Car());
        Keep(3, apart.Bundle);

        DotnetProcess run = Fvm.Run("replay", apart.Messages, "--bundles", Store);

        Assert.Equal((FvmCommand.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("exit    0 OK", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_bundle_is_named_by_its_manifest() => Refused(
        Fvm.Run("replay", apart.Messages, "--bundles", Store),
        $"manifest {apart.Manifest}, which are not in {Store}: run `fvm bundle import FILE`");

    [Fact]
    public void A_bundle_of_other_actors_is_refused()
    {
        Keep(2, SyntheticBundle.Car());
        File.WriteAllText(apart.Messages, StateApart.Json("\"actors_bundle\": \"v2\","));

        Refused(
            Fvm.Run("replay", apart.Messages, "--bundles", Store),
            $"manifest {apart.Manifest}, those of the bundle named are");
    }

    [Fact]
    public void An_official_bundle_is_known_by_its_manifest()
    {
        // v18.0.0 for mainnet: lotus, build/builtin_actors_gen.go.
        Cid manifest = Cid.Parse("bafy2bzacedxsqapxwj5znwy4leem5gsuenhhfyqcntews3yis5iek67thy6lc");
        string message = new BundleMissingException(manifest, "here").Message;
        Assert.Contains("v18 (mainnet)", message, StringComparison.Ordinal);
        Assert.Contains("fvm bundle import v18.tar.zst", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundles_in_the_cache_have_the_manifests_of_the_table()
    {
        BundleStore bundles = new(UserCache.Bundles());
        int known = 0;
        foreach ((int version, string network) in bundles.List())
        {
            Bundle bundle = bundles.Load(version, network);
            if (OfficialBundles.TryFind(bundle.Manifest, out int listed, out string of)
                && version != 19)
            {
                Assert.Equal((version, network), (listed, of));
                known++;
            }
        }

        Assert.SkipUnless(known > 0, SkipReason.NoBundles);
    }

    [Fact]
    public void A_cut_bundle_leaves_nothing() => RefusedImport(
        SyntheticBundle.Archive((Mainnet, SyntheticBundle.Car()))[..^40], "v16.tar.zst: ");

    [Fact]
    public void A_flipped_bit_leaves_nothing()
    {
        byte[] car = SyntheticBundle.Car();
        car[^3] ^= 0x10;
        RefusedImport(
            SyntheticBundle.Archive(
                ("builtin-actors-devnet.car", SyntheticBundle.Car()), (Mainnet, car)),
            $"{Mainnet}: ");
    }

    [Fact]
    public void What_unpacks_without_end_leaves_nothing() =>
        RefusedImport(SyntheticBundle.Bomb(4L << 30), "it unpacks to more than");

    [Fact]
    public void A_path_in_an_archive_leads_nowhere()
    {
        string file = Path.Combine(folder, "v16.tar.zst");
        File.WriteAllBytes(file, SyntheticBundle.Archive(
            ($"../../../{Mainnet}", SyntheticBundle.Car())));
        string[] before = Directory.GetFiles(folder);

        DotnetProcess run = Fvm.Run("bundle", "import", file, "--bundles", Store);

        Assert.Equal((FvmCommand.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(before, Directory.GetFiles(folder));
        Assert.Equal([Path.Combine(Store, "v16", Mainnet)],
            Directory.GetFiles(Store, "*", SearchOption.AllDirectories));
    }

    private void Keep(int version, byte[] bundle)
    {
        string path = new BundleStore(Store).PathOf(version, BundleStore.Mainnet);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bundle);
    }

    private void RefusedImport(byte[] content, string reason)
    {
        string file = Path.Combine(folder, "v16.tar.zst");
        File.WriteAllBytes(file, content);
        Refused(Fvm.Run("bundle", "import", file, "--bundles", Store), reason);
        Assert.Empty(Directory.Exists(Store)
            ? Directory.GetFiles(Store, "*", SearchOption.AllDirectories) : []);
    }

    private static void Refused(DotnetProcess run, string reason)
    {
        Assert.Equal((FvmCommand.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"\Afvm: [^\n]+\n\z", run.Error);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }
}
