using System.CommandLine;
using Filecoin.Actors;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node;

/// <summary>What several commands take.</summary>
internal static class SharedOptions
{
    public static Option<string?> Bundles() => new("--bundles")
    {
        Description = "Folder of actor bundles; else $FVM_BUNDLES, "
            + "else fvm/bundles in the user's cache.",
    };

    public static Option<string?> DataFolder() =>
        new("--data-dir") { Description = "Folder that the chain is kept in." };

    public static Option<string?> Database() => new("--store")
    {
        Description = "Database that the chain is kept in: postgres://user@host/database. One "
            + "node writes it, any number of them read it.",
    };

    /// <exception cref="FormatException">Both were given.</exception>
    public static ChainPlace Place(
        ParseResult parsed, Option<string?> folder, Option<string?> database) =>
        parsed.GetValue(folder) is null || parsed.GetValue(database) is null
            ? new(parsed.GetValue(folder), parsed.GetValue(database))
            : throw new FormatException("--data-dir and --store are two places");

    /// <summary>
    /// Refuses what looks like an option: a parser that knows none of that name takes it for a
    /// value. A file of such a name is <c>./--name</c>. A negative number is none.
    /// </summary>
    public static Argument<T> WithoutOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (System.CommandLine.Parsing.Token token in result.Tokens)
            {
                if (IsOption(token.Value))
                {
                    result.AddError($"no such option: {Excerpt.Of(token.Value)}");
                }
            }
        });
        return argument;
    }

    private static bool IsOption(string text) =>
        text.Length > 1 && text[0] == '-' && !char.IsAsciiDigit(text[1]);

    public static BundleStore Store(string? folder) => new(folder ?? UserCache.Bundles());

    public static SequenceRunner Runner(string? folder, bool comparesNative = false) =>
        new(Store(folder), new(Modules()))
        {
            Compared = comparesNative ? BuiltinActors.All : null,
        };

    /// <summary>Where a cache cannot be made, actors are compiled each time.</summary>
    public static ModuleCache? Modules()
    {
        try
        {
            return new(UserCache.Modules());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
