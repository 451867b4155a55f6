using System.CommandLine;

namespace Filecoin.Node;

/// <summary><c>fvm chain</c>: what there is to do with a chain.</summary>
internal static class ChainCommand
{
    public static Command Create() => new("chain", "Write a chain to a file, or take one up.")
    {
        ChainFiles.Export(),
        ChainFiles.Import(),
    };
}
