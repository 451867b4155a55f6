namespace Filecoin.Node;

/// <summary>Where a node is, unless the command line says.</summary>
internal static class NodeUrl
{
    /// <summary>Where <c>fvm devnet</c> listens.</summary>
    public const string Devnet = "http://127.0.0.1:8545";

    private const string Variable = "FVM_URL";

    /// <summary><c>$FVM_URL</c>, else the devnet's.</summary>
    public static string OfUser() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Devnet;
}
