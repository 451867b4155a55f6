using Filecoin.Fuzz.Driving;

namespace Filecoin.Fuzz.Tests;

public sealed class FuzzRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("filecoin-fuzz").FullName;

    [Fact]
    public void What_throws_is_found_kept_and_told()
    {
        FuzzTarget fragile = Target("fragile", input => input.Contains((byte)0xff)
            ? throw new InvalidDataException("a byte of ones")
            : Outcome.Accepted());
        StringWriter report = new();

        FuzzRun run = Run(fragile, report);

        Assert.Equal(1, run.Findings);
        (string name, byte[] input) = Assert.Single(new Corpus(folder).Read(fragile.Name));
        Assert.Contains((byte)0xff, input);
        Assert.Contains(name, report.ToString(), StringComparison.Ordinal);
        Assert.Contains("a byte of ones", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_takes_too_much_memory_is_found()
    {
        // The count of what is allocated is exact to some kilobytes.
        FuzzTarget greedy = Target("greedy", _ =>
            Outcome.Accepted($"{new byte[Execution.AllocatedBytesMax + (1 << 24)].Length > 0}"));
        StringWriter report = new();

        Run(greedy, report, runs: 3);

        Assert.Contains("large", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        List<byte[]> first = Inputs(7);

        Assert.Equal(first, Inputs(7));
        Assert.NotEqual(first, Inputs(8));
    }

    [Fact]
    public void An_input_with_an_outcome_of_its_own_leads_to_others()
    {
        // Four bytes must be right: by chance alone that would take a thousand million runs.
        FuzzTarget nested = Target("nested", input => Outcome.Accepted(
            input switch
            {
                [1, 2, 3, 4, ..] => "4",
                [1, 2, 3, ..] => "3",
                [1, 2, ..] => "2",
                [1, ..] => "1",
                _ => "0",
            }));

        Assert.Equal(5, Run(nested, TextWriter.Null, runs: 100_000).Outcomes);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // By its name a target's inputs are chosen: another would be another run.
    private static FuzzTarget Target(string name, TargetBody run) =>
        new($"test-{name}", run, () => [[0, 0, 0, 0, 0]]);

    private FuzzRun Run(FuzzTarget target, TextWriter report, int runs = 5_000)
    {
        FuzzRun run = new(target, new(folder), 1, report) { ExecutionsMax = runs };
        run.Run(seconds: 60);
        return run;
    }

    private static List<byte[]> Inputs(ulong seed)
    {
        Mutator mutator = new(
            new(seed, "inputs"), [[1, 2, 3, 0x82, 0x18, 0x40], "text"u8.ToArray()]);
        return [.. Enumerable.Range(0, 1_000).Select(_ => mutator.Next())];
    }
}
