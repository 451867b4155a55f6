using System.Globalization;

namespace Filecoin.Fuzz.Driving;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions(
    string Target, int Seconds, ulong Seed, string? Corpus, bool Keeps)
{
    public const string Usage =
        "usage: TARGET|all [--seconds N] [--seed S] [--corpus DIR] [--keep]; "
        + "--keep adds small inputs with new outcomes to the corpus";

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static FuzzOptions? Read(ReadOnlySpan<string> arguments)
    {
        FuzzOptions options = new("", 60, 1, null, false);
        for (int i = 0; i < arguments.Length; i++)
        {
            bool hasNext = i + 1 < arguments.Length;
            switch (arguments[i])
            {
                case "--seconds" when hasNext && TryRead(arguments[i + 1], out int seconds):
                    (options, i) = (options with { Seconds = seconds }, i + 1);
                    break;
                case "--seed" when hasNext && ulong.TryParse(
                    arguments[i + 1],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out ulong seed):
                    (options, i) = (options with { Seed = seed }, i + 1);
                    break;
                case "--corpus" when hasNext:
                    (options, i) = (options with { Corpus = arguments[i + 1] }, i + 1);
                    break;
                case "--keep":
                    options = options with { Keeps = true };
                    break;
                case [not '-', ..] name when options.Target.Length == 0:
                    options = options with { Target = name };
                    break;
                default:
                    return null;
            }
        }

        return options.Target.Length == 0 ? null : options;
    }

    private static bool TryRead(string text, out int number) => int.TryParse(
        text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
