namespace Filecoin.Vm;

/// <summary>Work that runs one after the other, on threads that messages run on.</summary>
/// <remarks>
/// Work that is called from within finds itself there already. Nobody holds it up, for all others
/// that come here wait for it.
/// </remarks>
public sealed class ExecutorGate
{
    private readonly Lock gate = new();

    /// <summary>Runs work when nobody else's runs.</summary>
    public T Run<T>(Func<T> work) => ExecutorThread.Run(() =>
    {
        if (!gate.TryEnter())
        {
            ExecutorThread.BeforeWait();
            gate.Enter();
        }

        try
        {
            return ExecutorThread.RunWhole(work);
        }
        finally
        {
            gate.Exit();
        }
    });
}
