using System.Diagnostics;

namespace Filecoin.Node.Tests.Commands;

/// <summary>Work without an end: what may run, and how a person ends it.</summary>
public sealed class InterruptTests : IDisposable
{
    /// <summary>128 and the signal's number, as the system gives it.</summary>
    private const int Interrupted = 130;

    private const string Loop = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (loop (br 0)) unreachable))
        """;

    private static readonly TimeSpan SoonMax = TimeSpan.FromSeconds(5);

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-loop").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("replay")]
    [InlineData("vectors")]
    public void An_interrupt_ends_the_command(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to send to another");
        string file = Write("implicit", 100_000_000_000_000);
        using Process run = Fvm.Start(command, file);
        Assert.False(run.WaitForExit(TimeSpan.FromSeconds(2)), "it does not run on");

        using Process kill = Process.Start("kill", ["-INT", $"{run.Id}"]);
        kill.WaitForExit();
        bool hasEnded = run.WaitForExit(SoonMax);
        run.Kill();

        Assert.True(hasEnded, "it runs on");
        Assert.Equal(Interrupted, run.ExitCode);
    }

    [Theory]
    [InlineData("explicit", 10_000_000_001, "the 10000000000 of a block")]
    [InlineData("explicit", long.MaxValue, "the 10000000000 of a block")]
    [InlineData("implicit", 100_000_000_000_001, "the 100000000000000 of an implicit message")]
    public void A_gas_limit_that_no_chain_holds_is_refused(string kind, long limit, string reason)
    {
        SequenceException refusal = Assert.Throws<SequenceException>(
            () => SequenceReader.Read(Write(kind, limit)));
        Assert.Contains("`messages[0]` has a gas limit", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private string Write(string kind, long gasLimit)
    {
        File.WriteAllText(Path.Combine(folder, "loop.wat"), Loop);
        string file = Path.Combine(folder, "messages.json");
        File.WriteAllText(file, $$"""
            { "network_version": 28, "accounts": [{ "id": 100, "balance": "0" }],
              "actors": [{ "id": 1000, "code": "loop.wat" }],
              "messages": [{ "from": "f0100", "to": "f01000", "method": 2, "kind": "{{kind}}",
                "gas_limit": {{gasLimit}} }] }
            """);
        return file;
    }
}
