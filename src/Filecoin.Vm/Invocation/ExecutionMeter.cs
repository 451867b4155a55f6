using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>Pays for a native actor's host calls, and by an estimate for its own work.</summary>
/// <remarks>
/// What is owed for work is paid before the next host call and at the end, as Wasm pays, so that
/// a call is given no gas that the work before it would have used.
/// </remarks>
internal sealed class ExecutionMeter(
    CallManager calls, ExecutionPrice? price, ExecutionSample? sample)
{
    private readonly bool counts = price is not null || sample is not null;
    private long owed;

    /// <summary>What an actor may pay for work that it counts itself, in milligas.</summary>
    public long Left => calls.Gas.Available.Milligas - owed;

    /// <summary>Takes down work of an actor's own kinds; null where nobody asks.</summary>
    public Action<int, long>? OwnCounter { get; } = sample is null ? null : sample.AddOwn;

    /// <summary>An invocation begins.</summary>
    public void Start(Block? parameters)
    {
        Count(ExecutionWork.Start, 1);
        if (counts && parameters is not null)
        {
            Count(ExecutionWork.ParameterByte, parameters.Size);
            Count(ExecutionWork.ParameterItem, ItemsOf(parameters.Codec, parameters.Data.Span));
        }
    }

    /// <summary>Pays for a host call, and before it what is owed.</summary>
    public void HostCall()
    {
        Count(ExecutionWork.HostCall, 1);
        Settle();
        calls.Gas.Charge(calls.Prices.OnSyscall());
    }

    /// <summary>Owes for steps of a loop.</summary>
    public void Steps(long steps) => Count(ExecutionWork.Step, steps);

    /// <summary>Owes for a call of another actor.</summary>
    public void Send() => Count(ExecutionWork.Send, 1);

    /// <summary>Owes for a block that was read.</summary>
    public void Read(ulong codec, ReadOnlySpan<byte> data)
    {
        if (counts)
        {
            Count(ExecutionWork.BlockRead, 1);
            Count(ExecutionWork.ReadByte, data.Length);
            Count(ExecutionWork.ReadItem, ItemsOf(codec, data));
        }
    }

    /// <summary>Owes for a block that is being made.</summary>
    public void Write(ulong codec, ReadOnlySpan<byte> data)
    {
        if (counts)
        {
            Count(ExecutionWork.BlockMade, 1);
            Count(ExecutionWork.MadeByte, data.Length);
            Count(ExecutionWork.MadeItem, ItemsOf(codec, data));
        }
    }

    /// <summary>Pays for work that an actor counted itself.</summary>
    public void Work(long milligas)
    {
        if (milligas == 0)
        {
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

    private static int ItemsOf(ulong codec, ReadOnlySpan<byte> data) =>
        codec == Codec.Raw ? 0 : LinkScanner.CountItems(data);

    private void Count(ExecutionWork kind, long units)
    {
        sample?.Add(kind, units);
        owed += price is null ? 0 : price[kind] * units;
    }
}
