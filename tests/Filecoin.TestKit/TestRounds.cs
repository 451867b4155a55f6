using System.Globalization;

namespace Filecoin.TestKit;

/// <summary>How often a test repeats what it does; more where somebody asks for it.</summary>
public static class TestRounds
{
    /// <summary>What an environment variable says, else the usual.</summary>
    public static int Of(string variable, int usual) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int rounds)
            ? rounds
            : usual;
}
