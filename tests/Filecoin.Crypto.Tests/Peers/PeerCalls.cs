using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Crypto.Tests;

/// <summary>Collects what we computed, then compares it with other libraries at once.</summary>
/// <remarks>The libraries run in one process of node; npm installs them once.</remarks>
public sealed class PeerCalls
{
    private static readonly NpmFolder Folder = new("Peers");

    private readonly List<(string? Ours, object[] Call)> calls = [];

    /// <summary>Notes what the named call of peers.mjs must answer; null for a refusal.</summary>
    public void Expect(string? ours, string name, params object[] arguments) =>
        calls.Add((ours, [name, .. arguments]));

    public void Compare()
    {
        Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
        Assert.True(Folder.Obstacle is null, Folder.Obstacle);
        var input = JsonSerializer.Serialize(calls.Select(c => c.Call));
        ProgramRun run = Folder.Run("node", ["peers.mjs"], input);
        Assert.True(run.ExitCode == 0, $"peers.mjs failed: {run.Output}{run.Error}");
        var answers = JsonSerializer.Deserialize<string?[]>(run.Output)!;
        Assert.Equal(calls.Count, answers.Length);
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.True(
                answers[i] == calls[i].Ours,
                $"{string.Join(' ', calls[i].Call)}: {answers[i]}, not {calls[i].Ours}");
        }
    }
}
