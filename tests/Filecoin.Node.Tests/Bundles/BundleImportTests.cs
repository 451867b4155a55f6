namespace Filecoin.Node.Tests.Bundles;

public sealed class BundleImportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-bundles").FullName;
    private readonly BundleStore store;
    private readonly BundleImport import;

    public BundleImportTests()
    {
        store = new(Path.Combine(folder, "store"));
        import = new(store);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_archive_gives_one_bundle_for_each_network()
    {
        string file = Write("v16.tar.zst", SyntheticBundle.Archive(
            ("./builtin-actors-mainnet.car", SyntheticBundle.Car(3)),
            ("./builtin-actors-devnet.car", SyntheticBundle.Car(2)),
            ("./README", [1, 2, 3])));

        IReadOnlyList<ImportedBundle> found = import.Import(file);

        Assert.Equal([(16, "mainnet", 3), (16, "devnet", 2)],
            found.Select(b => (b.Version, b.Network, b.Actors)));
        Assert.Equal([(16, "devnet"), (16, "mainnet")], store.List());
        Assert.Equal(found[0].Manifest, store.Load(16).Manifest);
    }

    [Fact]
    public void A_plain_car_takes_its_version_and_network_from_its_name_or_the_caller()
    {
        byte[] car = SyntheticBundle.Car();
        _ = import.Import(Write("builtin-actors-devnet-v17.0.0.car", car));
        _ = import.Import(Write("some.car", car), 18, "mainnet");

        Assert.Equal([(17, "devnet-v17.0.0"), (18, "mainnet")], store.List());
        Assert.Equal(car, File.ReadAllBytes(store.PathOf(18, "mainnet")));
    }

    [Fact]
    public void A_second_import_replaces_the_first()
    {
        _ = import.Import(Write("a.car", SyntheticBundle.Car(seed: 1)), 18, "mainnet");
        byte[] second = SyntheticBundle.Car(seed: 2);
        _ = import.Import(Write("b.car", second), 18, "mainnet");

        Assert.Equal(second, File.ReadAllBytes(store.PathOf(18, "mainnet")));
        _ = Assert.Single(Directory.GetFiles(Path.Combine(store.Folder, "v18")));
    }

    [Fact]
    public void A_changed_byte_in_one_bundle_keeps_all_of_the_archive_out()
    {
        byte[] damaged = SyntheticBundle.Car();
        damaged[^1] ^= 1;
        Refused("v16.tar.zst", SyntheticBundle.Archive(
            ("builtin-actors-mainnet.car", SyntheticBundle.Car()),
            ("builtin-actors-devnet.car", damaged)), "builtin-actors-devnet.car");
    }

    [Fact]
    public void Code_that_the_manifest_names_must_be_there() =>
        Refused("v16.tar.zst", SyntheticBundle.Archive(
            ("builtin-actors-mainnet.car", SyntheticBundle.Car(withCode: false))),
            "the code of actor0");

    [Theory]
    [InlineData("builtin-actors-..car")]
    [InlineData("builtin-actors-a\\b.car")]
    [InlineData("mainnet.car")]
    public void A_member_whose_name_gives_no_plain_network_is_refused(string name) =>
        Refused("v16.tar.zst", SyntheticBundle.Archive((name, SyntheticBundle.Car())), "network");

    [Fact]
    public void A_network_twice_is_refused() =>
        Refused("v16.tar.zst", SyntheticBundle.Archive(
            ("a/builtin-actors-mainnet.car", SyntheticBundle.Car(2)),
            ("b/builtin-actors-mainnet.car", SyntheticBundle.Car(3))), "twice");

    [Fact]
    public void An_archive_without_a_car_is_refused() =>
        Refused("v16.tar.zst", SyntheticBundle.Archive(("README", [1])), "no CAR");

    [Fact]
    public void A_name_without_a_version_is_refused() =>
        Refused("builtin-actors-mainnet.car", SyntheticBundle.Car(), "version");

    [Fact]
    public void A_cut_archive_is_refused_at_every_length()
    {
        byte[] whole = SyntheticBundle.Archive(
            ("builtin-actors-mainnet.car", SyntheticBundle.Car()));
        for (int length = 0; length < whole.Length - 16; length += 7)
        {
            Refused("v16.tar.zst", whole[..length], "");
        }
    }

    private void Refused(string name, byte[] content, string reason)
    {
        string file = Write(name, content);
        BundleImportException refusal = Assert.Throws<BundleImportException>(
            () => import.Import(file));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Empty(Directory.Exists(store.Folder)
            ? Directory.GetFiles(store.Folder, "*", SearchOption.AllDirectories) : []);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
