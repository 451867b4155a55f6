using System.Globalization;
using System.Text;
using Wasmtime;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>Turns the modules of a script, text, bytes or quoted text, into bytes.</summary>
internal static class ScriptModule
{
    /// <summary>The name a script gives to a module, or null.</summary>
    public static string? NameOf(Expression module)
    {
        Expression? second = module.Items!
            .Skip(1)
            .FirstOrDefault(item => item.Text != "definition");
        return second is { Items: null } && second.Text.StartsWith('$') ? second.Text : null;
    }

    /// <summary>The module's bytes; null with a reason if its text is malformed.</summary>
    public static byte[]? Convert(Expression module, out string reason)
    {
        reason = "";
        IEnumerable<byte[]> strings = module.Items!.Where(i => i.IsString).Select(i => i.Bytes());
        try
        {
            if (Has(module, "binary"))
            {
                return [.. strings.SelectMany(bytes => bytes)];
            }

            return Module.ConvertText(
                EscapeUnseen(Has(module, "quote") ? Unquote(strings) : TextOf(module)));
        }
        catch (Exception error) when (error is WasmtimeException or DecoderFallbackException)
        {
            reason = error.Message.Split('\n')[0];
            return null;
        }
    }

    /// <summary>Whether the module imports a global.</summary>
    public static bool ImportsGlobal(byte[] wasm) =>
        ModuleInfo.Read(wasm).Imports.Any(import => import.Kind == ExternalKind.Global);

    /// <summary>
    /// The text reader refuses characters that cannot be seen, such as those that turn the
    /// direction of text; strings may escape them.
    /// </summary>
    private static string EscapeUnseen(string text) => string.Concat(text.Select(
        letter => char.GetUnicodeCategory(letter) == UnicodeCategory.Format
            ? $"\\u{{{(int)letter:x}}}"
            : letter.ToString()));

    private static bool Has(Expression module, string word) =>
        module.Items!.Take(4).Any(item => item.Items is null && item.Text == word);

    private static string TextOf(Expression module) => Has(module, "definition")
        ? module.Text.Replace("(module definition", "(module", StringComparison.Ordinal)
        : module.Head == "module" ? module.Text : $"(module {module.Text})";

    private static string Unquote(IEnumerable<byte[]> strings)
    {
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        return string.Join(' ', strings.Select(strict.GetString));
    }
}
