namespace Filecoin.Vm;

/// <summary>What work that was given to an <see cref="ExecutorThread"/> lets others do.</summary>
/// <param name="Pause">Called now and then; may hold the work up, or end it by throwing.</param>
/// <param name="BeforeWait">Called before it waits for what others do; must not throw.</param>
public sealed record WorkBreaks(Action Pause, Action BeforeWait);
