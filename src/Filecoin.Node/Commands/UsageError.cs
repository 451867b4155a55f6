using System.CommandLine.Parsing;

namespace Filecoin.Node;

/// <summary>What is wrong with a command line, in words of its own.</summary>
internal static class UsageError
{
    private const string NotOfType = "as expected type";

    /// <summary>A line that names the place; what the parser says, but for names of .NET.</summary>
    public static string Of(ParseError error)
    {
        if (!error.Message.Contains(NotOfType, StringComparison.Ordinal))
        {
            return error.Message;
        }

        (string name, Type type) = error.SymbolResult switch
        {
            OptionResult result => (result.Option.Name, result.Option.ValueType),
            ArgumentResult { Parent: OptionResult result } =>
                (result.Option.Name, result.Option.ValueType),
            ArgumentResult result => (result.Argument.Name, result.Argument.ValueType),
            _ => ("a value", typeof(string)),
        };
        string? text = error.SymbolResult?.Tokens is [.., Token last] ? last.Value : null;
        return $"{name}: {Excerpt.Of(text ?? "")} is {Wanted(type)}";
    }

    private static string Wanted(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            Type bare when bare == typeof(decimal) => "no number",
            Type bare when bare == typeof(bool) => "neither true nor false",
            Type bare when bare == typeof(ulong) => "no whole number from 0 on",
            Type bare when bare == typeof(int) || bare == typeof(long) => "no whole number",
            _ => "no such value",
        };
}
