using Filecoin.Node;
using Filecoin.TestKit;

namespace Filecoin.Conformance.EarlierVersions;

/// <summary>
/// Which of mainnet's messages, for actors of versions 9 and 10, actors in C# of version 18 end as
/// recorded, gas apart: docs/conformance.md says why the others end otherwise.
/// </summary>
public sealed class EarlierVersionTests
{
    /// <summary>Their rules have not changed since.</summary>
    private static readonly SortedSet<string> SameRules = new(StringComparer.Ordinal)
    {
        "nv17/fil_9_multisig/Approve/17",
        "nv18/fil_10_multisig/Approve/Ok",
        "nv18/fil_10_multisig/Propose/Ok",
        "nv18/fil_10_verifiedregistry/RemoveExpiredAllocations/Ok",
    };

    /// <summary>They fail with the same exit code, but because the state is an old one.</summary>
    private static readonly SortedSet<string> SameCode = new(StringComparer.Ordinal)
    {
        "nv17/fil_9_storageminer/SubmitWindowedPoSt/16",
        "nv18/fil_10_storagemarket/PublishStorageDeals/16",
        "nv18/fil_10_storageminer/DisputeWindowedPoSt/16",
        "nv18/fil_10_storageminer/SubmitWindowedPoSt/16",
        "nv18/fil_10_storageminer/TerminateSectors/16",
    };

    /// <summary>No actor runs for them: sends, and messages whose value is not there.</summary>
    private static readonly SortedSet<string> NoActor = new(StringComparer.Ordinal)
    {
        "nv17/fil_9_multisig/Send/Ok",
        "nv17/fil_9_storageminer/PreCommitSector/SysErrInsufficientFunds",
        "nv17/fil_9_storageminer/ProveCommitSector/SysErrInsufficientFunds",
        "nv17/fil_9_storageminer/Send/Ok",
        "nv18/fil_10_storageminer/PreCommitSector/SysErrInsufficientFunds",
    };

    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    [Fact]
    public void Messages_whose_rules_are_the_same_end_as_recorded_and_no_others()
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(Bundles.Has(9), SkipReason.NoBundle(9));
        Assert.SkipUnless(Bundles.Has(10), SkipReason.NoBundle(10));
        string root = SharedData.Path("vectors/mainnet");
        SortedSet<string> acted = new(StringComparer.Ordinal);
        SortedSet<string> idle = new(StringComparer.Ordinal);
        List<string> different = [];
        foreach (string file in
            Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!);
            EarlierVersionRun run = EarlierVersionRun.Of(SequenceReader.Read(file), Bundles);
            if (run.Difference is null)
            {
                _ = (run.HasActed ? acted : idle).Add(folder);
            }
            else if (SameRules.Contains(folder) || SameCode.Contains(folder)
                || NoActor.Contains(folder))
            {
                different.Add($"{Path.GetFileName(file)}: {run.Difference}");
            }
        }

        Assert.Empty(different);
        Assert.Equal(SameRules.Union(SameCode).Order(StringComparer.Ordinal), acted);
        Assert.Equal(NoActor, idle);
    }
}
