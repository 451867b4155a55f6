using System.Text.Json.Nodes;
using Filecoin.Node.Tests.Client;
using Filecoin.Node.Tests.Commands;
using Filecoin.TestKit;

[assembly: AssemblyFixture(typeof(DevnetWithKeys))]

namespace Filecoin.Node.Tests.Client;

/// <summary>A network in a process, and a user with a folder of keys.</summary>
public sealed class DevnetWithKeys : IDisposable
{
    public const string First = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    public const string FirstSecret =
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-keys").FullName;
    private readonly Lazy<DevnetProcess> devnet = new(() => DevnetProcess.Start());

    public DevnetWithKeys()
    {
        Environment.SetEnvironmentVariable("FVM_KEYS", Keys);
        Environment.SetEnvironmentVariable("FVM_PASSWORD", "correct horse");
    }

    public static string Counter { get; } = Path.Combine(
        Repository.Root, "tests", "Filecoin.Node.Tests", "Client", "Counter.json");

    public string Keys => Path.Combine(folder, "keys");

    public string Url => devnet.Value.Url;

    /// <summary>Runs a command on the network.</summary>
    public DotnetProcess Run(params string[] arguments) =>
        Fvm.Run([.. arguments, "--url", Url]);

    /// <summary>What a command on the network answers, which succeeds.</summary>
    public string Text(params string[] arguments) => Succeeded(Run(arguments));

    /// <summary>What a command on the network answers in JSON, and succeeds.</summary>
    public JsonNode Json(params string[] arguments) =>
        JsonNode.Parse(Succeeded(Run([.. arguments, "--json"])))!;

    /// <summary>What a command that needs no network answers in JSON.</summary>
    public static JsonNode Local(params string[] arguments) =>
        JsonNode.Parse(Succeeded(Fvm.Run([.. arguments, "--json"])))!;

    /// <summary>An account with FIL whose key the user has; its address.</summary>
    public string FundedKey(string kind, string amount = "10fil")
    {
        string address = (string)Local("wallet", "new", kind)["address"]!;
        _ = Json("send", address, amount);
        return address;
    }

    /// <summary>A counter that begins at a number; its address.</summary>
    public string NewCounter(int start) =>
        (string)Json("deploy", Counter, $"{start}")["addressEthereum"]!;

    public System.Numerics.BigInteger BalanceOf(string address) => System.Numerics.BigInteger.Parse(
        (string)Json("wallet", "balance", address)[0]!["balanceAtto"]!);

    /// <summary>A command that fails with a line and a code.</summary>
    public static void Refused(DotnetProcess run, int exitCode, string reason)
    {
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"\Afvm: [^\n]+\n\z", run.Error);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (devnet.IsValueCreated)
        {
            devnet.Value.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Succeeded(DotnetProcess run)
    {
        Assert.Equal((FvmCommand.Success, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
