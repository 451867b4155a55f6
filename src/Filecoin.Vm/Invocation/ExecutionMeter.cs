using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>Pays for a native actor's host calls, and by an estimate for its own work.</summary>
/// <remarks>
/// What is owed for work is paid before the next host call and at the end, as Wasm pays, so that
/// a call is given no gas that the work before it would have used.
/// </remarks>
internal sealed class ExecutionMeter(
    CallManager calls, ExecutionPrice price, ExecutionSample? sample)
{
    private long owed;

    /// <summary>What an actor may pay for work that it counts itself, in milligas.</summary>
    public long Left => calls.Gas.Available.Milligas - (sample?.Work ?? 0);

    /// <summary>An invocation begins.</summary>
    public void Start(int parameterBytes)
    {
        owed = price.Start + (price.ParameterByte * parameterBytes);
        sample?.ParameterBytes = parameterBytes;
    }

    /// <summary>Pays for a host call, and before it what is owed.</summary>
    public void HostCall()
    {
        sample?.HostCalls += 1;
        owed += price.HostCall;
        Settle();
        calls.Gas.Charge(calls.Prices.OnSyscall());
    }

    /// <summary>Owes for a block that was read.</summary>
    public void Read(int bytes)
    {
        sample?.ReadBytes += bytes;
        owed += price.ReadByte * bytes;
    }

    /// <summary>Owes for a block that is being made.</summary>
    public void Write(int bytes)
    {
        sample?.WrittenBytes += bytes;
        owed += price.WrittenByte * bytes;
    }

    /// <summary>Pays for work that an actor counted itself; a sample only takes it down.</summary>
    public void Work(long milligas)
    {
        if (sample is not null && milligas <= Left)
        {
            sample.Work += milligas;
            return;
        }

        Gas amount = new(milligas);
        if (amount > calls.Gas.Available)
        {
            // Not traced: what ends here need not have been charged at all.
            _ = calls.Gas.TryCharge(amount);
            throw new OutOfGasException();
        }

        calls.Gas.Charge(new(NativeActor.ExecutionCharge, amount, Gas.Zero));
    }

    /// <summary>Pays what is owed.</summary>
    /// <exception cref="OutOfGasException">Gas has run out.</exception>
    public void Settle()
    {
        if (owed == 0)
        {
            return;
        }

        Gas amount = new(owed);
        owed = 0;
        calls.Gas.Charge(new(NativeActor.ExecutionCharge, amount, Gas.Zero));
    }
}
