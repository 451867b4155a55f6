using System.CommandLine;

namespace Filecoin.Node;

/// <summary><c>fvm completion</c>: scripts by which shells complete its command lines.</summary>
/// <remarks>
/// Each asks <c>fvm "[suggest:PLACE]" LINE</c>, which System.CommandLine answers from the tree of
/// commands itself. Where it has nothing that goes on the word, there are files.
/// </remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # eval "$(fvm completion bash)"
        _fvm() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(fvm "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" \
            -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _fvm fvm
        """;

    private const string Zsh = """
        # eval "$(fvm completion zsh)", after compinit
        _fvm() {
          local line="fvm ${(j: :)words[2,CURRENT-1]} $PREFIX"
          local -a found
          found=(${(f)"$(fvm "[suggest:${#line}]" "$line" 2>/dev/null)"})
          compadd -a found || _files
        }
        compdef _fvm fvm
        """;

    private const string Fish = """
        # fvm completion fish | source
        function __fvm
          set -l word (commandline -ct)
          set -l line (string trim -l -- (commandline -cp))
          set -l found (fvm "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
          string match -er -- '^'(string escape --style=regex -- "$word") $found
          or __fish_complete_path "$word"
        end
        complete -c fvm -f -a '(__fvm)'
        """;

    private const string PowerShell = """
        # fvm completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName fvm -ScriptBlock {
          param($word, $line, $place)
          fvm "[suggest:$place]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private static readonly (string Shell, string Script)[] Scripts =
    [
        ("bash", Bash), ("zsh", Zsh), ("fish", Fish), ("pwsh", PowerShell),
    ];

    public static Command Create()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };
        _ = shell.AcceptOnlyFromAmong([.. Scripts.Select(row => row.Shell)]);
        Command command = new(
            "completion",
            "Print a script by which a shell completes fvm's command lines.\n\n"
            + "  eval \"$(fvm completion bash)\"")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.WriteLine(Scripts.First(
                row => row.Shell == parsed.GetValue(shell)).Script);
            return FvmCommand.Success;
        });
        return command;
    }
}
