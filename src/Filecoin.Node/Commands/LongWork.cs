using Spectre.Console;

namespace Filecoin.Node;

/// <summary>Work that a person waits for.</summary>
internal static class LongWork
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Does it, and shows how far it is where the error stream is a terminal.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="total">Where it ends; null if that is not known.</param>
    /// <param name="position">Says how far it is; called from another thread.</param>
    /// <param name="work">The work.</param>
    public static void Run(string what, long? total, Func<long> position, Action work)
    {
        if (Console.IsErrorRedirected)
        {
            work();
            return;
        }

        // What scripts read goes to the other stream.
        IAnsiConsole terminal = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = InteractionSupport.Yes,
        });
        terminal.Progress().Start(progress =>
        {
            ProgressTask bar = progress.AddTask(Markup.Escape(what), maxValue: total ?? 1);
            bar.IsIndeterminate = total is null;
            using Timer timer = new(_ => Show(bar, total, position), null, LookAgain, LookAgain);
            work();
            bar.Value = bar.MaxValue;
        });
    }

    private static void Show(ProgressTask bar, long? total, Func<long> position)
    {
        try
        {
            bar.Value = total is null ? 0 : position();
        }
        catch (ObjectDisposedException)
        {
            // The work was over before it was looked at.
        }
    }
}
