namespace Filecoin.Node;

/// <summary>The manifests of official bundles, to name the version that a state needs.</summary>
/// <remarks>Source: filecoin-project/lotus, commit b835fab, build/builtin_actors_gen.go.</remarks>
internal static class OfficialBundles
{
    private const string Calibration = "calibrationnet";

    private static readonly (int Version, string Network, string Manifest)[] All =
    [
        (9, BundleStore.Mainnet, "bafy2bzaceb6j6666h36xnhksu3ww4kxb6e25niayfgkdnifaqi6m6ooc66i6i"),
        (10, BundleStore.Mainnet, "bafy2bzacecsuyf7mmvrhkx2evng5gnz5canlnz2fdlzu2lvcgptiq2pzuovos"),
        (11, BundleStore.Mainnet, "bafy2bzacecnhaiwcrpyjvzl4uv4q3jzoif26okl3m66q3cijp3dfwlcxwztwo"),
        (12, BundleStore.Mainnet, "bafy2bzaceapkgfggvxyllnmuogtwasmsv5qi2qzhc2aybockd6kag2g5lzaio"),
        (13, BundleStore.Mainnet, "bafy2bzacecdhvfmtirtojwhw2tyciu4jkbpsbk5g53oe24br27oy62sn4dc4e"),
        (14, BundleStore.Mainnet, "bafy2bzacecbueuzsropvqawsri27owo7isa5gp2qtluhrfsto2qg7wpgxnkba"),
        (15, BundleStore.Mainnet, "bafy2bzaceakwje2hyinucrhgtsfo44p54iw4g6otbv5ghov65vajhxgntr53u"),
        (16, BundleStore.Mainnet, "bafy2bzacecnepvsh4lw6pwljobvwm6zwu6mbwveatp7llhpuguvjhjiqz7o46"),
        (17, BundleStore.Mainnet, "bafy2bzaceai74ppsvuxs3nvpzzeuptdr3wl7vmdpbphvtz4qt5hfq2qdfvz3e"),
        (18, BundleStore.Mainnet, "bafy2bzacedxsqapxwj5znwy4leem5gsuenhhfyqcntews3yis5iek67thy6lc"),
        (9, Calibration, "bafy2bzacedbedgynklc4dgpyxippkxmba2mgtw7ecntoneclsvvl4klqwuyyy"),
        (10, Calibration, "bafy2bzaced25ta3j6ygs34roprilbtb3f6mxifyfnm7z7ndquaruxzdq3y7lo"),
        (11, Calibration, "bafy2bzacedhuowetjy2h4cxnijz2l64h4mzpk5m256oywp4evarpono3cjhco"),
        (12, Calibration, "bafy2bzacednzb3pkrfnbfhmoqtb3bc6dgvxszpqklf3qcc7qzcage4ewzxsca"),
        (13, Calibration, "bafy2bzacect4ktyujrwp6mjlsitnpvuw2pbuppz6w52sfljyo4agjevzm75qs"),
        (14, Calibration, "bafy2bzacebq3hncszqpojglh2dkwekybq4zn6qpc4gceqbx36wndps5qehtau"),
        (15, Calibration, "bafy2bzaceax5zkysst7vtyup4whdxwzlpnaya3qp34rnoi6gyt4pongps7obw"),
        (16, Calibration, "bafy2bzacecqtwq6hjhj2zy5gwjp76a4tpcg2lt7dps5ycenvynk2ijqqyo65e"),
        (17, Calibration, "bafy2bzacecn64rlb52rjsvgopnidz6w42z3zobmjxqek5s4xqjh3ly47rcurg"),
        (18, Calibration, "bafy2bzacebkfatnbe6w4rj7lf6gkjh7mywlrpdh2dj6hu2dl4rmtwksszm2hs"),
    ];

    /// <summary>Version and network of a bundle; false if it is no official one.</summary>
    public static bool TryFind(Cid manifest, out int version, out string network)
    {
        string text = manifest.ToString();
        (version, network, string found) = Array.Find(All, row => row.Manifest == text);
        return found is not null;
    }

    /// <summary>A bundle's manifest, and which one that is where it is known.</summary>
    public static string Describe(Cid manifest) =>
        TryFind(manifest, out int version, out string network)
            ? $"v{version} ({network}), manifest {manifest}"
            : $"no official ones, manifest {manifest}";
}
