using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>
/// A folder of clients and libraries as npm brings them, with contracts and scripts that drive
/// them.
/// </summary>
internal sealed class ContractFolder
{
    private readonly NpmFolder packages;
    private readonly string[] sources;
    private readonly Lazy<string?> obstacle;

    private ContractFolder(string name, params string[] sources)
    {
        packages = new(name);
        this.sources = sources;
        obstacle = new(() => packages.Obstacle ?? Compile());
    }

    /// <summary>Clients of a node for Ethereum.</summary>
    public static ContractFolder Clients { get; } = new("Clients", "Counter", "OpenZeppelin");

    /// <summary>Contracts that talk to storage actors, and libraries for that.</summary>
    /// <remarks>
    /// Of one package that the libraries need, @ensdomains/buffer, it has a newer version: the
    /// older one brings 800 packages that no contract uses.
    /// </remarks>
    public static ContractFolder Storage { get; } = new(
        "StorageContracts", "SectorWatch", "ZondaxLibraries", "ZondaxPureTests", "ApiLibraries");

    /// <summary>Where the packages' programs are, once all are there.</summary>
    public string Programs
    {
        get
        {
            RequireAll();
            return PathOf("node_modules", ".bin");
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(params string[] parts) => packages.PathOf(parts);

    /// <summary>Runs a script against a node, and demands so many steps, all good.</summary>
    public void RunSteps(string script, int steps, params string[] options)
    {
        using DevnetProcess devnet = DevnetProcess.Start(options);
        RunSteps(devnet, script, steps);
    }

    /// <summary>Runs a script against a node that is there, as above.</summary>
    /// <param name="devnet">The node.</param>
    /// <param name="script">The script.</param>
    /// <param name="steps">How many steps it has.</param>
    /// <param name="arguments">What it is told besides the node's address.</param>
    public void RunSteps(
        DevnetProcess devnet, string script, int steps, params string[] arguments)
    {
        ProgramRun run = Run("node", [script, devnet.Url, .. arguments]);

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.True(steps == lines.Length, $"{lines.Length} steps: {run.Output}{run.Error}");
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Runs a program of the packages.</summary>
    public ProgramRun Run(
        string program, string[] arguments, string below = "",
        params (string Name, string Value)[] variables)
    {
        RequireAll();
        return packages.Run(program, arguments, below: below, variables: variables);
    }

    /// <summary>The interface, as JSON, and the code of a contract, as hexadecimal.</summary>
    public (string Abi, string Code) ContractOf(string source, string name)
    {
        RequireAll();
        using JsonDocument compiled = JsonDocument.Parse(
            File.ReadAllText(packages.PathOf("compiled", source + ".json")));
        JsonElement contract = compiled.RootElement.GetProperty("contracts").GetProperty(name);
        return (
            contract.GetProperty("abi").GetRawText(),
            contract.GetProperty("bytecode").GetString()!);
    }

    private void RequireAll()
    {
        Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
        Assert.True(obstacle.Value is null, obstacle.Value);
    }

    private string? Compile()
    {
        ProgramRun run = packages.Run("node", ["compile.mjs", .. sources]);
        return run.ExitCode == 0 ? null : $"contracts do not compile: {run.Error}";
    }
}
