using Filecoin.Fuzz.Driving;

// What a run allocates is counted for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Filecoin.Fuzz.Tests;

/// <summary>What fuzzing has found, and what it began with, stays found.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Targets =>
        [.. TargetTable.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_takes_or_refuses_each_of_its_kept_inputs(string name)
    {
        FuzzTarget target = TargetTable.All.Single(row => row.Name == name);
        IReadOnlyList<(string Name, byte[] Input)> inputs = Corpus.Find()!.Read(name);

        Assert.NotEmpty(inputs);
        Assert.All(inputs, kept => Assert.Null(Execution.Of(target, kept.Input).Finding));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_accepts_one_of_its_seeds_at_least(string name)
    {
        FuzzTarget target = TargetTable.All.Single(row => row.Name == name);
        List<Execution> seeds = [.. target.Seeds().Select(seed => Execution.Of(target, seed))];

        Assert.All(seeds, seed => Assert.Null(seed.Finding));
        Assert.Contains(seeds, seed => seed.Outcome.IsAccepted);
    }

    [Fact]
    public void Every_folder_of_the_corpus_belongs_to_a_target()
    {
        string[] folders = Corpus.Find()!.Targets();

        Assert.Empty(folders.Except(TargetTable.All.Select(target => target.Name)));
    }
}
