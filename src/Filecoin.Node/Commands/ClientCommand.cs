using System.CommandLine;

namespace Filecoin.Node;

/// <summary>Commands that ask a node: what all of them take.</summary>
internal static class ClientCommand
{
    /// <summary>What asks for JSON, of any command that has it.</summary>
    public const string JsonName = "--json";

    /// <summary>A command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">What it takes beside the node's address and the form.</param>
    /// <param name="run">What it does with a node; the last is whether it answers in JSON.</param>
    public static Command Create(
        string name,
        string description,
        IReadOnlyList<Symbol> symbols,
        Func<NodeClient, ParseResult, bool, int> run)
    {
        Option<string> url = Url();
        Option<string?> token = Token();
        Option<bool> json = Json();
        Command command = Of(name, description, [.. symbols, url, token, json]);
        command.SetAction(parsed =>
        {
            using NodeClient node = new(parsed.GetValue(url)!, parsed.GetValue(token));
            return run(node, parsed, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>A command of symbols.</summary>
    public static Command Of(string name, string description, IReadOnlyList<Symbol> symbols)
    {
        Command command = new(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Add(option);
            }
        }

        return command;
    }

    /// <summary>Where the node is.</summary>
    public static Option<string> Url() => new("--url")
    {
        Description = "The node; else $FVM_URL, else where `fvm devnet` listens.",
        DefaultValueFactory = _ => NodeUrl.OfUser(),
    };

    /// <summary>What lets the caller do more than read.</summary>
    public static Option<string?> Token() => new("--token")
    {
        Description = "Token that the node asks for; else $FVM_TOKEN.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FVM_TOKEN"),
    };

    /// <summary>The form of the answer.</summary>
    public static Option<bool> Json() => new(JsonName) { Description = "Answer in JSON." };

    /// <summary>Whether a command line asks for JSON; what fails is told so as well.</summary>
    public static bool IsJsonAsked(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(
            option => option.Name == JsonName) is Option json
        && parsed.GetResult(json) is { Implicit: false };

    /// <summary>A block.</summary>
    public static Option<string?> At() => new("--at")
    {
        Description = "The epoch; else the latest.",
    };
}
