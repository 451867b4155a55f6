using Filecoin.Actors;
using Filecoin.Ipld;

namespace Filecoin.Node.Tests.Bundles;

public sealed class OfficialActorsTests
{
    [Fact]
    public void The_actors_of_version_18_are_those_that_mainnets_manifest_names()
    {
        CborWriter list = new(2_048);
        list.WriteArrayHeader(OfficialActors.Version18.Count);
        foreach ((string name, Cid code) in OfficialActors.Version18)
        {
            list.WriteArrayHeader(2);
            list.WriteText(name);
            list.WriteCid(code);
        }

        Cid manifest = BundleManifest.CidOf(Cid.Of(Codec.DagCbor, list.Written));
        list.Dispose();

        Assert.True(OfficialBundles.TryFind(manifest, out int version, out string network));
        Assert.Equal((18, BundleStore.Mainnet), (version, network));
    }
}
