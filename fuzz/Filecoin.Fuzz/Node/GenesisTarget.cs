using System.Text;
using Filecoin.Node;

namespace Filecoin.Fuzz.Node;

/// <summary>Files that say what a network begins with: read, or refused in one line.</summary>
public static class GenesisTarget
{
    private static readonly string Path = System.IO.Path.Combine(
        Directory.CreateTempSubdirectory("filecoin-fuzz").FullName, "genesis.json");

    public static IEnumerable<byte[]> Seeds()
    {
        foreach (string text in (string[])
        [
            "{}",
            """
            {"name": "my-network", "chainId": 314, "timestamp": 1700000000, // a comment
             "mnemonic": "test test test test test test test test test test test junk",
             "accounts": 3, "balance": 5,
             "balances": {"f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq": 7,
               "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf": 8}}
            """,
            """{"miners": [{"sectors": 2, "balance": 100}]}""",
        ])
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(Path, input);
        try
        {
            GenesisFile file = GenesisFile.Read(Path);
            return Outcome.Accepted(
                $"{file.Mnemonic is null} {file.Timestamp is null} {file.Accounts is null}"
                + $" {Outcome.Size(file.Balances.Count)} {Outcome.Size(file.Miners.Count)}");
        }
        catch (FormatException refusal)
        {
            Claim.Holds(!refusal.Message.Contains('\n'), "more than one line");
            return Outcome.Refused(
                refusal.Message.Replace(Path, "", StringComparison.Ordinal).Split(':')[1]);
        }
    }
}
