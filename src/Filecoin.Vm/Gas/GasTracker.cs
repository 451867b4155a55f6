namespace Filecoin.Vm;

/// <summary>
/// Gas has run out: the invocation ends, and its callers unless they had a limit.
/// </summary>
public sealed class OutOfGasException : Exception
{
    /// <summary>Gas has run out.</summary>
    public OutOfGasException()
        : base("out of gas")
    {
    }
}

/// <summary>The meter of one message.</summary>
/// <remarks>Spec: ref-fvm fvm/src/gas/mod.rs, GasTracker; gas-schedule 2.</remarks>
public sealed class GasTracker(Gas limit, bool isTracing, ChargeScript? script = null)
{
    private readonly Stack<Snapshot> outer = new();

    private readonly record struct Snapshot(Gas Limit, Gas Used);

    /// <summary>What may be used under the innermost limit.</summary>
    public Gas Limit { get; private set; } = limit;

    /// <summary>What has been used under the innermost limit.</summary>
    public Gas Used { get; private set; }

    /// <summary>What is left under the innermost limit.</summary>
    public Gas Available => Limit - Used;

    /// <summary>All charges in order, also those of price zero; null when not tracing.</summary>
    public List<GasCharge>? Charges { get; } = isTracing ? [] : null;

    /// <summary>Charges; false when gas has run out, in which case all of it is used.</summary>
    public bool TryCharge(in GasCharge charge)
    {
        return Charges is null ? TryCharge(charge.Total) : TryChargeTraced(charge);
    }

    /// <summary>Charges without a trace.</summary>
    public bool TryCharge(Gas amount)
    {
        if (amount > Available || amount == Gas.Unpayable)
        {
            Used = Limit;
            return false;
        }

        Used += amount;
        return true;
    }

    /// <summary>Charges.</summary>
    /// <exception cref="OutOfGasException">Gas has run out.</exception>
    public void Charge(in GasCharge charge)
    {
        if (!TryCharge(charge))
        {
            throw new OutOfGasException();
        }
    }

    /// <summary>Sets a limit for what is inside; no more than is available.</summary>
    public void PushLimit(Gas requested)
    {
        outer.Push(new(Limit, Used));
        (Limit, Used) = (Gas.Min(Available, requested), Gas.Zero);
    }

    /// <summary>Ends the innermost limit; what was used inside counts outside.</summary>
    public void PopLimit()
    {
        Snapshot snapshot = outer.Pop();
        (Limit, Used) = (snapshot.Limit, snapshot.Used + Used);
    }

    private bool TryChargeTraced(in GasCharge charge)
    {
        Charges!.Add(charge);
        return script is null ? TryCharge(charge.Total) : script.TryCharge(charge, this);
    }
}
