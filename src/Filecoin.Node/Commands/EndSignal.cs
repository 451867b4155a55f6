using System.Runtime.InteropServices;

namespace Filecoin.Node;

/// <summary>Says when a person or the system wants a command to end.</summary>
internal sealed class EndSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;

    public EndSignal() => (interrupt, terminate) = (
        PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, End));

    /// <summary>Is cancelled when the command is to end.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Waits; true if the command is to end.</summary>
    public bool Wait(TimeSpan time) => source.Token.WaitHandle.WaitOne(time);

    /// <inheritdoc/>
    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        source.Cancel();
    }
}
