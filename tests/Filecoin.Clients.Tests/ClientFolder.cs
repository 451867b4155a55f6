using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>The folder Clients: clients as npm brings them, and scripts that drive them.</summary>
internal static class ClientFolder
{
    private static readonly NpmFolder Packages = new("Clients");
    private static readonly Lazy<string?> Obstacle = new(() => Packages.Obstacle ?? Compile());

    /// <summary>Where the packages' programs are, once all are there.</summary>
    public static string Programs
    {
        get
        {
            Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
            Assert.True(Obstacle.Value is null, Obstacle.Value);
            return PathOf("node_modules", ".bin");
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public static string PathOf(params string[] parts) => Packages.PathOf(parts);

    /// <summary>Runs a script against a node, and demands so many steps, all good.</summary>
    public static void RunSteps(string script, int steps, params string[] options)
    {
        using DevnetProcess devnet = DevnetProcess.Start(options);

        ProgramRun run = Run("node", [script, devnet.Url]);

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.True(steps == lines.Length, $"{lines.Length} steps: {run.Output}{run.Error}");
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Runs a program of the packages.</summary>
    public static ProgramRun Run(
        string program, string[] arguments, string below = "",
        params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
        Assert.True(Obstacle.Value is null, Obstacle.Value);
        return Packages.Run(program, arguments, below: below, variables: variables);
    }

    /// <summary>The interface, as JSON, and the code of a contract, as hexadecimal.</summary>
    public static (string Abi, string Code) ContractOf(string source, string name)
    {
        Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
        Assert.True(Obstacle.Value is null, Obstacle.Value);
        using JsonDocument compiled = JsonDocument.Parse(
            File.ReadAllText(Packages.PathOf("compiled", source + ".json")));
        JsonElement contract = compiled.RootElement.GetProperty("contracts").GetProperty(name);
        return (
            contract.GetProperty("abi").GetRawText(),
            contract.GetProperty("bytecode").GetString()!);
    }

    private static string? Compile()
    {
        ProgramRun run = Packages.Run("node", ["compile.mjs", "Counter", "OpenZeppelin"]);
        return run.ExitCode == 0 ? null : $"contracts do not compile: {run.Error}";
    }
}
