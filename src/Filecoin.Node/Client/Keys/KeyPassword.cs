using Spectre.Console;

namespace Filecoin.Node;

/// <summary>The password of the user's keys.</summary>
internal static class KeyPassword
{
    private const string Variable = "FVM_PASSWORD";
    private const int LengthMax = 4_096;

    /// <summary>The first line of a file, else <c>$FVM_PASSWORD</c>, else what is typed.</summary>
    /// <exception cref="ClientException">There is no terminal to ask.</exception>
    public static string Get(string? file)
    {
        if (file is not null)
        {
            return System.Text.Encoding.UTF8.GetString(InputFile.Read(file, LengthMax))
                .Split('\n')[0].TrimEnd('\r');
        }

        return Environment.GetEnvironmentVariable(Variable)
            ?? (Console.IsInputRedirected
                ? throw new ClientException(
                    $"a key needs its password: set {Variable} or give --password-file")
                : AnsiConsole.Prompt(
                    new TextPrompt<string>("Password of the key:").Secret().AllowEmpty()));
    }
}
